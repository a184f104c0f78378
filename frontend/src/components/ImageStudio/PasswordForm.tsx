import { useState, type SyntheticEvent } from 'react';
import { fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { useSignIn } from '~/features/session/queries';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';
import { Field } from './ui/Field';

interface PasswordFormProps {
  email?: string | undefined;
  /** Whether there is a better way, which then has the strong button. */
  second?: boolean;
  onDone: () => void;
}

/** E-mail and password, and below them the other way in. */
export function PasswordForm({ email = '', second = false, onDone }: PasswordFormProps) {
  const [form, setForm] = useState({ email, password: '' });
  const signIn = useSignIn();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate(form, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {signIn.error && <ProblemBanner problem={signIn.error} />}
      <Field
        label={t('signin.email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={form.email}
        error={fieldProblem(signIn.error, 'email')}
        onChange={({ target }) => setForm({ ...form, email: target.value })}
      />
      <Field
        label={t('signin.password')}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={form.password}
        error={fieldProblem(signIn.error, 'password')}
        onChange={({ target }) => setForm({ ...form, password: target.value })}
      />
      <Button look={second ? 'quiet' : 'ink'} type="submit" disabled={signIn.isPending} className="h-11">
        {t('signin.enter')}
      </Button>
      <p className="text-second text-muted">
        {t('signin.linkHint')} <code className="rounded-[6px] bg-sunken px-1.5 py-0.5 font-mono text-caption">image-studio link</code>
      </p>
    </form>
  );
}
