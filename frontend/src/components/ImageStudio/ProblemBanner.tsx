import type { ReactNode } from 'react';
import { asProblem, type StudioProblem } from '~/api/errors';
import type { Problem } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { AsyncStatusBanner, type BannerProps } from './ui/AsyncStatusBanner';

/** What happened, in our words where we have some for the code, in the server's otherwise. */
export function titleOf(problem: Pick<StudioProblem, 'code' | 'title'> | Problem): string {
  return maybe(`problem.${problem.code}`) || problem.title || t('problem.unknown');
}

/** What to do about it, where the code tells. */
const todoOf = ({ code }: StudioProblem) => maybe(`problem.${code}.todo`);

function toneOf({ code, status }: StudioProblem): BannerProps['tone'] {
  if (code === 'unreachable') return 'offline';
  return status === 429 || code === 'provider-rate-limited' ? 'pause' : 'failure';
}

interface ProblemBannerProps {
  problem: unknown;
  /** What the person still has: "Your prompt is kept." */
  kept?: string;
  action?: ReactNode;
}

/** A problem as what happened, what is kept, and what to do. */
export function ProblemBanner({ problem, kept, action }: ProblemBannerProps) {
  const known = asProblem(problem);
  const title = titleOf(known);
  const wait = known.retryAfter ? t('problem.wait', { seconds: known.retryAfter }) : undefined;
  const sentences = [known.detail === title ? '' : known.detail, kept, wait ?? todoOf(known)].filter(Boolean);
  return (
    <AsyncStatusBanner tone={toneOf(known)} title={title} action={action}>
      <p>{sentences.join(' ')}</p>
      {known.requestId && <p className="mt-0.5 text-caption text-muted">{t('problem.request', { id: known.requestId })}</p>}
    </AsyncStatusBanner>
  );
}
