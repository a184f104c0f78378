import { useRouter } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useEffect } from 'react';
import { t } from '~/app/i18n';
import { useCameIn } from '~/features/session/queries';
import { useKeepers } from '~/features/trouble/keepers';
import { WaysIn } from './WaysIn';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';

interface SignInAgainProps {
  email: string;
  /** Whether someone is signed in again. */
  onClose: (back: boolean) => void;
}

/** The door on top of the work, for who lost the session meanwhile; what lives only on the page can be saved first. */
export function SignInAgain({ email, onClose }: SignInAgainProps) {
  const router = useRouter();
  const keepers = useKeepers();
  useOtherTab(() => onClose(true));
  return (
    <Dialog title={t('signin.again')} open onClose={() => onClose(false)}>
      <div className="scroll-quiet overflow-y-auto px-5 pb-5">
        <p className="mb-4 text-second text-muted">{t('signin.againKept')}</p>
        <WaysIn email={email} to={router.state.location.href} newTab onDone={() => onClose(true)} />
        {keepers.map(({ label, save }) => (
          <Button key={label} onClick={save} className="mt-3 w-full">
            <Download size={16} aria-hidden />
            {label}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

/** Who signed in elsewhere, by another issuer or a link, goes on when they come back to this tab. */
function useOtherTab(onBack: () => void): void {
  const { mutate } = useCameIn();
  useEffect(() => {
    const look = () => mutate(undefined, { onSuccess: onBack });
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [mutate, onBack]);
}
