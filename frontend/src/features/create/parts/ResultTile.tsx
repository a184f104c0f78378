import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { Job, Problem } from '~/api/types';
import { t } from '~/app/i18n';
import { Progress } from '~/components/ImageStudio/JobsChip';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { useRun } from '~/features/jobs/queries';
import type { Slot } from '~/features/jobs/run';
import { clock } from '~/lib/format';
import { useNow } from '~/lib/react';
import { bodyOf, EMPTY_FORM, formOf } from '../form';
import { order, useCreate } from '../queries';
import { ReadyTile } from './ReadyTile';

interface ResultTileProps {
  job: Job;
  slot: Slot;
  name: string;
  /** In focus: shown with its actions. */
  large: boolean;
  /** The one waiting tile that says how far the job is. */
  voice: boolean;
  onFocus: () => void;
  onCancel: () => void;
}

/** One place of a run: a picture, a place where one will be, or the reason why there is none. */
export function ResultTile({ job, slot, name, large, voice, onFocus, onCancel }: ResultTileProps) {
  switch (slot.state) {
    case 'ready':
      return <ReadyTile job={job} picture={slot.picture} name={name} large={large} onFocus={onFocus} />;
    case 'waiting':
      return <LoadingSkeleton className="size-full">{voice && <Voice job={job} onCancel={onCancel} />}</LoadingSkeleton>;
    case 'cancelled':
      return <Blank title={t('results.cancelled')} />;
    case 'failed':
      return <FailedTile job={job} problem={slot.problem} name={name} large={large} onFocus={onFocus} />;
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

type FailedTileProps = Pick<ResultTileProps, 'job' | 'name' | 'large' | 'onFocus'> & { problem: Problem };

/** A failed picture keeps its place; Retry makes that one again, in the same place. */
function FailedTile({ job, problem, name, large, onFocus }: FailedTileProps) {
  const create = useCreate();
  const [again, setAgain] = useState<string>();
  const { data: run } = useRun(again);
  const slot = run?.slots[0];
  const retry = () => {
    const body = { ...bodyOf(formOf(job, EMPTY_FORM)), num_variations: 1 };
    create.mutate(order(body), { onSuccess: ({ id }) => setAgain(id) });
  };
  if (run && slot?.state === 'ready') return <ReadyTile job={run.job} picture={slot.picture} name={name} large={large} onFocus={onFocus} />;
  if (create.isPending || slot?.state === 'waiting') return <LoadingSkeleton className="size-full" />;
  const reason = slot?.state === 'failed' ? slot.problem : problem;
  return (
    <div className="scroll-quiet flex size-full flex-col items-start justify-center gap-1 overflow-y-auto rounded-card bg-danger-soft p-4">
      <ImageOff size={19} aria-hidden className="mb-2 text-danger" />
      <p className="font-[600]">{titleOf(reason)}</p>
      {reason.detail && reason.detail !== titleOf(reason) && <p className="line-clamp-3 text-second text-muted">{reason.detail}</p>}
      <p className="text-second text-muted">{t('results.notCharged')}</p>
      <Button small onClick={retry} className="mt-2">
        {t('action.retry')}
      </Button>
    </div>
  );
}
