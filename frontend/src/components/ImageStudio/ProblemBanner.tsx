import { useEffect, useState, type ReactNode } from 'react';
import { asProblem, type StudioProblem } from '~/api/errors';
import type { Problem } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { AbovePage, type Rank } from '~/features/trouble/above';
import { asksForPause } from '~/features/trouble/patience';
import { clock } from '~/lib/format';
import { useNow } from '~/lib/react';
import { AsyncStatusBanner, type BannerProps } from './ui/AsyncStatusBanner';
import { Button } from './ui/Button';

/** What happened, in our words where we have some for the code, in the server's otherwise. */
export function titleOf(problem: Pick<StudioProblem, 'code' | 'title'> | Problem): string {
  return maybe(`problem.${problem.code}`) || problem.title || t('problem.unknown');
}

/** What to do about it, where the code tells. */
const todoOf = ({ code }: StudioProblem) => maybe(`problem.${code}.todo`);

function toneOf(problem: StudioProblem): BannerProps['tone'] {
  if (problem.code === 'unreachable') return 'offline';
  return asksForPause(problem) ? 'pause' : 'failure';
}

interface ProblemBannerProps {
  problem: unknown;
  /** What the person still has: "Your prompt is kept." */
  kept?: string;
  action?: ReactNode;
  rank?: Rank;
}

/** A problem as what happened, what is kept, and what to do: above the page, or where it is written within a dialog. */
export function ProblemBanner({ problem, kept, action, rank = 'refusal' }: ProblemBannerProps) {
  const known = asProblem(problem);
  useFirstWrongField(known);
  return (
    <AbovePage rank={rank}>
      <Told problem={known} kept={kept} action={action} />
    </AbovePage>
  );
}

/** The keys go to the first field that was refused. */
function useFirstWrongField({ fields }: StudioProblem): void {
  useEffect(() => {
    if (fields.length > 0) document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
  }, [fields]);
}

interface ToldProps {
  problem: StudioProblem;
  kept: string | undefined;
  action: ReactNode;
}

function Told({ problem, kept, action }: ToldProps) {
  const [open, setOpen] = useState(false);
  const { detail, retryAfter, requestId, fields } = problem;
  const title = titleOf(problem);
  const said = [detail === title ? '' : detail, kept, retryAfter === null ? todoOf(problem) : undefined].filter(Boolean).join(' ');
  const more = requestId !== '' || fields.length > 0;
  const details = more && (
    <Button look="bare" aria-expanded={open} onClick={() => setOpen(!open)} className="px-3">
      {t('trouble.details')}
    </Button>
  );
  return (
    <AsyncStatusBanner
      tone={toneOf(problem)}
      title={title}
      action={
        (action || details) && (
          <div className="flex flex-wrap gap-1">
            {action}
            {details}
          </div>
        )
      }
    >
      <p>
        {said} {retryAfter !== null && <Countdown key={problem.message + requestId} seconds={retryAfter} />}
      </p>
      {open && (
        <ul className="mt-1 text-second text-muted">
          {fields.map(({ pointer, detail: sentence }) => (
            <li key={pointer}>{t('trouble.field', { field: pointer.replace(/^#?\/(body\/|request\/)?/, ''), sentence })}</li>
          ))}
          {requestId && <li>{t('problem.request', { id: requestId })}</li>}
        </ul>
      )}
    </AsyncStatusBanner>
  );
}

/** How long it is still no use to try, live. */
function Countdown({ seconds }: { seconds: number }) {
  const [until] = useState(() => Date.now() + seconds * 1000);
  const left = Math.ceil((until - useNow(true)) / 1000);
  return <span className="tabular-nums">{left > 0 ? t('trouble.againIn', { time: clock(left) }) : t('trouble.againNow')}</span>;
}
