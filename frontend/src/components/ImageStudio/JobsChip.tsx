import { X } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { useCancelJob, useJobs, useRun } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { IconButton } from './ui/Button';

/** How many jobs work right now, wherever they were started; absent when there is none. */
export function JobsChip() {
  const { data } = useJobs(true);
  const [open, setOpen] = useState(false);
  const active = data?.jobs.filter(isActive) ?? [];
  if (active.length === 0) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget="jobs"
        className="quiet-control flex h-9 items-center gap-2 rounded-control px-3 text-second font-[580] tabular-nums hover:bg-raised max-sm:h-11"
      >
        <span aria-hidden className="size-4 animate-turn rounded-full border-2 border-line border-t-accent border-r-accent" />
        {t('jobs.running', { count: active.length })}
      </button>
      <section
        id="jobs"
        popover="auto"
        onToggle={({ newState }) => setOpen(newState === 'open')}
        aria-label={t('jobs.title')}
        className="pop inset-auto top-15 right-5 w-80 animate-appear rounded-button p-4 text-fg outline-none max-sm:right-3"
      >
        {/* Watched only while someone looks. */}
        {open && (
          <ul className="flex flex-col gap-3.5">
            {active.map((job) => (
              <Line key={job.id} job={job} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Line({ job: listed }: { job: Job }) {
  const { data: run } = useRun(listed.id);
  const cancel = useCancelJob();
  const job = run?.job ?? listed;
  const prompt = job.request['prompt'];
  const name = typeof prompt === 'string' ? prompt : (maybe(`operation.${job.operation}`) ?? job.operation);
  return (
    <li>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="truncate font-[550]">{name}</p>
          <p className="truncate text-second text-muted">{job.message || maybe(`status.${job.status}`)}</p>
        </div>
        <IconButton label={t('jobs.cancel', { name })} onClick={() => cancel.mutate(job.id)} className="-mt-1.5 -mr-2">
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <Progress value={job.progress} label={name} />
    </li>
  );
}

/** A thin bar; `value` is 0..1. */
export function Progress({ value, label }: { value: number; label: string }) {
  const percent = Math.round(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="mt-1.5 h-[3px] rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-accent transition-[width] duration-240 ease-studio" style={{ width: `${percent}%` }} />
    </div>
  );
}
