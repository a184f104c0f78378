import { useRouter } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { WaysIn } from './WaysIn';
import { Dialog } from './ui/Dialog';

/** The door on top of the work, for who lost the session meanwhile. */
export function SignInAgain({ email, onClose }: { email: string; onClose: () => void }) {
  const router = useRouter();
  return (
    <Dialog title={t('signin.again')} open onClose={onClose}>
      <div className="px-5 pb-5">
        <p className="mb-4 text-second text-muted">{t('signin.againKept')}</p>
        <WaysIn email={email} to={router.state.location.href} onDone={onClose} />
      </div>
    </Dialog>
  );
}
