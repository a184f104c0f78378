import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { StudioProblem } from '~/api/errors';
import { maybe, t } from '~/app/i18n';
import { useLinkSignIn } from '~/features/session/queries';
import { ProblemBanner } from './ProblemBanner';
import { WaysIn } from './WaysIn';
import { GlassyCard } from './ui/GlassyCard';
import { Mark } from './ui/Mark';

/** Only paths of this site; `//host` would leave it. */
const inside = (path: string | undefined) => (path && /^\/(?![/\\])/.test(path) ? path : '/');

/** Why another issuer's people came back without being let in, in words where there are some. */
function refused(code: string, reason = '') {
  return new StudioProblem({ status: 403, code, detail: maybe(`problem.${code}.${reason}`) ?? '' });
}

/** The door: by the link that the server prints, at another issuer, or by e-mail and password. */
export function SignIn() {
  const { token, to, problem, reason } = useSearch({ from: '/signin' });
  const navigate = useNavigate();
  const enter = () => void navigate({ href: inside(to), replace: true });
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <GlassyCard className="w-full max-w-[400px] p-7">
        <Mark size={44} />
        <h1 className="mt-5 text-page font-[640]">{t('app.name')}</h1>
        <p className="mt-1 mb-6 text-section text-muted">{t('signin.welcome')}</p>
        {problem && (
          <div className="mb-5">
            <ProblemBanner problem={refused(problem, reason)} />
          </div>
        )}
        {token ? <ByLink token={token} to={inside(to)} onDone={enter} /> : <WaysIn to={inside(to)} onDone={enter} />}
      </GlassyCard>
    </main>
  );
}

function ByLink({ token, to, onDone }: { token: string; to: string; onDone: () => void }) {
  const { mutate, error } = useLinkSignIn();
  const used = useRef<string | null>(null);
  useEffect(() => {
    // A token works once; effects may run twice.
    if (used.current === token) return;
    used.current = token;
    mutate(token, { onSuccess: onDone });
  }, [token, mutate, onDone]);
  if (!error) return <p role="status">{t('signin.checking')}</p>;
  return (
    <div className="flex flex-col gap-5">
      <ProblemBanner problem={error} kept={t('signin.linkUsed')} />
      <WaysIn to={to} onDone={onDone} />
    </div>
  );
}
