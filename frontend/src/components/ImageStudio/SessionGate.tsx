import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { signedOut } from '~/api/client';
import { t } from '~/app/i18n';
import { useSession } from '~/features/session/queries';
import { ProblemBanner } from './ProblemBanner';
import { WaysIn } from './WaysIn';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';

/** Lets people in who are signed in. Who loses the session meanwhile signs in on top of the work, which stays. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: session, error, isPending, refetch } = useSession();
  if (isPending) return null;
  if (error && !session) {
    return (
      <div className="mx-auto mt-24 max-w-md px-4">
        <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />
      </div>
    );
  }
  if (!session) return <ToTheDoor />;
  return (
    <>
      {children}
      <SignInAgain email={session.user.email ?? ''} />
    </>
  );
}

/** Once: the address changes while the door is still loading, and must not be taken for where someone wanted to go. */
function ToTheDoor() {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    void navigate({ to: '/signin', search: { to: router.state.location.href }, replace: true });
  }, [navigate, router]);
  return null;
}

function SignInAgain({ email }: { email: string }) {
  const [lost, setLost] = useState(false);
  const router = useRouter();
  useEffect(() => {
    const notice = () => setLost(true);
    signedOut.addEventListener('401', notice);
    return () => signedOut.removeEventListener('401', notice);
  }, []);
  return (
    <Dialog title={t('signin.again')} open={lost} onClose={() => setLost(false)}>
      <div className="px-5 pb-5">
        <p className="mb-4 text-second text-muted">{t('signin.againKept')}</p>
        <WaysIn email={email} to={router.state.location.href} onDone={() => setLost(false)} />
      </div>
    </Dialog>
  );
}
