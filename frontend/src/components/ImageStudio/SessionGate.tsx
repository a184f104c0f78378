import { useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { signedOut } from '~/api/client';
import { t } from '~/app/i18n';
import { useSession } from '~/features/session/queries';
import { closeDoor, loseSession, useLostSession } from '~/features/trouble/door';
import { StudioTroubles, useReturn } from '~/features/trouble/parts/StudioTroubles';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';

// Few lose their session; dialogs are not loaded for everybody's first look.
const SignInAgain = lazy(async () => ({ default: (await import('./SignInAgain')).SignInAgain }));

/** Lets people in who are signed in. Who loses the session meanwhile signs in on top of the work, which stays. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: session, error, isPending, refetch } = useSession();
  useReturn();
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
      <StudioTroubles />
      <WhenSignedOut email={session.user.email ?? ''} />
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

function WhenSignedOut({ email }: { email: string }) {
  const lost = useLostSession();
  useEffect(() => {
    signedOut.addEventListener('401', loseSession);
    return () => signedOut.removeEventListener('401', loseSession);
  }, []);
  return <Suspense>{lost && <SignInAgain email={email} onClose={closeDoor} />}</Suspense>;
}
