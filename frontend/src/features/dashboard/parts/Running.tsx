import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { Job } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { Progress } from '~/components/ImageStudio/ui/Progress';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { useCancelJob, useJobs, useRun } from '~/features/jobs/queries';
import { isActive, readyOf } from '~/features/jobs/run';
import { nameOfJob, placeOfJob } from '~/features/jobs/words';

const MOST = 6;

/** What works right now, live; absent when nothing does. */
export function Running() {
  const { data } = useJobs(true);
  const active = data?.jobs.filter(isActive) ?? [];
  if (active.length === 0) return null;
  return (
    <section aria-labelledby="running">
      <div className="flex min-h-9 items-center">
        <h2 id="running" className="text-section font-[620]">
          {t('home.running')}
        </h2>
        <span className="ml-auto text-second text-muted tabular-nums">{active.length}</span>
      </div>
      <ul className="mt-1 flex flex-col gap-3">
        {active.slice(0, MOST).map((job) => (
          <Line key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function Line({ job: listed }: { job: Job }) {
  const { data: run } = useRun(listed.id);
  const cancel = useCancelJob();
  const job = run?.job ?? listed;
  const [picture] = run ? readyOf(run) : [];
  const name = nameOfJob(job);
  return (
    <li className="flex items-center gap-3">
      <span className="size-11 shrink-0 overflow-hidden rounded-chip">
        {picture ? (
          <Photo src={picture.thumbnail_url ?? picture.url} alt="" width={picture.width} height={picture.height} thumbhash={picture.thumbhash} className="size-full" />
        ) : (
          <span className="shimmer block size-full" />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-start">
          <Link {...placeOfJob(job)} className="min-w-0 flex-1 rounded-[4px]">
            <span className="block truncate text-second font-[580]">{name}</span>
            <span className="block truncate text-caption text-muted tabular-nums">{job.message || maybe(`status.${job.status}`)}</span>
          </Link>
          <IconButton label={t('jobs.cancel', { name })} onClick={() => cancel.mutate(job.id)} className="-mt-1.5 -mr-2.5">
            <X size={16} aria-hidden />
          </IconButton>
        </div>
        <Progress value={job.progress} label={name} />
      </div>
    </li>
  );
}
