import { useState } from 'react';
import type { Job, Problem } from '~/api/types';
import { t } from '~/app/i18n';
import { Progress } from '~/components/ImageStudio/ui/Progress';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { FailedTile } from '~/components/ImageStudio/ui/FailedTile';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { useRun } from '~/features/jobs/queries';
import type { Slot } from '~/features/jobs/run';
import { LOCAL } from '~/features/trouble/patience';
import { retryOf } from '~/features/trouble/retry';
import { clock } from '~/lib/format';
import { useNow } from '~/lib/react';
import { bodyOf, EMPTY_FORM, formOf } from '../form';
import { order, useCreate } from '../queries';
import { ReadyTile, type ShownProps } from './ReadyTile';

interface ResultTileProps {
  job: Job;
  slot: Slot;
  /** The one waiting tile that says how far the job is. */
  voice: boolean;
  /** How a picture is shown here, and what can be done with it. */
  shown: ShownProps;
  onCancel: () => void;
}

/** One place of a run: a picture, a place where one will be, or the reason why there is none. */
export function ResultTile({ job, slot, voice, shown, onCancel }: ResultTileProps) {
  switch (slot.state) {
    case 'ready':
      return <ReadyTile job={job} picture={slot.picture} {...shown} />;
    case 'waiting':
      return <LoadingSkeleton className="size-full">{voice && <Voice job={job} onCancel={onCancel} />}</LoadingSkeleton>;
    case 'cancelled':
      return <Blank title={t('results.cancelled')} />;
    case 'failed':
      return <Failed job={job} problem={slot.problem} shown={shown} />;
  }
}

/** Words after one second, time after ten. */
function Voice({ job, onCancel }: { job: Job; onCancel: () => void }) {
  const now = useNow(true);
  const elapsed = (now - Date.parse(job.started_at ?? job.created_at)) / 1000;
  if (elapsed < 1) return null;
  const percent = Math.round(job.progress * 100);
  return (
    <div className="over absolute inset-x-3 bottom-3 animate-appear rounded-control p-3">
      <div className="flex justify-between gap-2 text-second">
        <span className="truncate font-[580]">{job.message || t('results.starting')}</span>
        {percent > 0 && <span className="text-muted tabular-nums">{t('results.percent', { percent })}</span>}
      </div>
      <Progress value={job.progress} label={t('results.progress')} />
      <div className="mt-1.5 flex items-center justify-between text-caption text-muted">
        <span className="tabular-nums">{elapsed >= 10 ? t('results.elapsed', { time: clock(elapsed) }) : ''}</span>
        <button type="button" onClick={onCancel} className="font-[580] text-fg hover:underline">
          {t('action.cancel')}
        </button>
      </div>
    </div>
  );
}

function Blank({ title }: { title: string }) {
  return (
    <div className="flex size-full items-center justify-center rounded-card border border-line bg-sunken p-4 text-center text-second text-muted">
      {title}
    </div>
  );
}

type FailedProps = Pick<ResultTileProps, 'job' | 'shown'> & { problem: Problem };

/** A failed picture keeps its place; Retry makes that one again, there, and so that it may work this time. */
function Failed({ job, problem, shown }: FailedProps) {
  const create = useCreate();
  const [again, setAgain] = useState<string>();
  const { data: run } = useRun(again);
  const slot = run?.slots[0];
  const reason = slot?.state === 'failed' ? slot.problem : problem;
  const way = retryOf(reason, run?.job.provider ?? job.provider);
  const retry = () => {
    const body = { ...bodyOf(formOf(job, EMPTY_FORM)), num_variations: 1, ...(way === 'local' && { provider: LOCAL }) };
    create.mutate(order(body), { onSuccess: ({ id }) => setAgain(id) });
  };
  if (run && slot?.state === 'ready') return <ReadyTile job={run.job} picture={slot.picture} {...shown} />;
  if (create.isPending || slot?.state === 'waiting') return <LoadingSkeleton className="size-full" />;
  return (
    <FailedTile
      title={titleOf(reason)}
      reason={reason.detail}
      action={way && <Button className="px-3" onClick={retry}>{t(way === 'local' ? 'trouble.retryLocal' : 'action.retry')}</Button>}
    />
  );
}
