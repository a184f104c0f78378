import { base } from '~/api/base';
import { t } from '~/app/i18n';
import { useSignInOptions } from '~/features/session/queries';
import { PasswordForm } from './PasswordForm';
import { buttonLook } from './ui/Button';

interface WaysInProps {
  email?: string;
  /** The path to come back to from another issuer. */
  to: string;
  /** Another issuer's page opens beside this one, whose work stays. */
  newTab?: boolean;
  onDone: () => void;
}

/** The ways in that this studio offers: another issuer, a password, or both. */
export function WaysIn({ email, to, newTab = false, onDone }: WaysInProps) {
  const { data, isPending } = useSignInOptions();
  if (isPending) return null;
  const { issuer, password } = data ?? { issuer: null, password: true };
  return (
    <div className="flex flex-col gap-5">
      {issuer && (
        <a href={`${base}${issuer.start}?${new URLSearchParams({ to })}`} {...(newTab && { target: '_blank' })} className={buttonLook('ink', 'h-11 whitespace-normal')}>
          {t('signin.with', { issuer: issuer.label })}
        </a>
      )}
      {issuer && password && (
        <div className="flex items-center gap-3 text-second text-muted">
          <span className="h-px grow bg-line" />
          {t('signin.or')}
          <span className="h-px grow bg-line" />
        </div>
      )}
      {password && <PasswordForm email={email} second={issuer !== null} onDone={onDone} />}
    </div>
  );
}
