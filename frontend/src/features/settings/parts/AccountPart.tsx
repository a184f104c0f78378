import { useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { asProblem, fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { ProblemBanner, titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Field } from '~/components/ImageStudio/ui/Field';
import { useSession, useSignInOptions, useSignOut } from '~/features/session/queries';
import { say } from '~/features/toasts/store';
import { useNewPassword } from '../queries';
import { SettingRow } from './Rows';

/** Who is signed in, the password, and the way out. */
export function AccountPart() {
  const { data: session } = useSession();
  const { data: ways } = useSignInOptions();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (!session) return null;
  const { user, workspace, role } = session;
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/signin' }),
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  return (
    <div>
      <SettingRow name={user.name} note={[user.email, workspace.name, t(`settings.role.${role}`)].filter(Boolean).join(', ')}>
        <div className="sm:text-right">
          <Button onClick={leave}>
            <LogOut size={16} aria-hidden />
            {t('account.signOut')}
          </Button>
        </div>
      </SettingRow>
      {ways?.password && <NewPassword />}
    </div>
  );
}

const EMPTY = { current: '', password: '' };

function NewPassword() {
  const [form, setForm] = useState(EMPTY);
  const change = useNewPassword();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const body = { current_password: form.current || null, password: form.password };
    change.mutate(body, {
      onSuccess: () => {
        setForm(EMPTY);
        say({ text: t('settings.passwordChanged') });
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex max-w-[400px] flex-col gap-4 border-t border-line pt-5">
      <h3 className="text-section font-[620]">{t('settings.password')}</h3>
      {change.error && asProblem(change.error).fields.length === 0 && <ProblemBanner problem={change.error} />}
      <Field
        label={t('settings.passwordNow')}
        note={t('settings.passwordNowNote')}
        type="password"
        autoComplete="current-password"
        value={form.current}
        error={fieldProblem(change.error, 'current_password')}
        onChange={({ target }) => setForm({ ...form, current: target.value })}
      />
      <Field
        label={t('settings.passwordNew')}
        type="password"
        autoComplete="new-password"
        required
        value={form.password}
        error={fieldProblem(change.error, 'password')}
        onChange={({ target }) => setForm({ ...form, password: target.value })}
      />
      <div>
        <Button type="submit" look="ink" disabled={change.isPending}>
          {t('settings.passwordSave')}
        </Button>
      </div>
    </form>
  );
}
