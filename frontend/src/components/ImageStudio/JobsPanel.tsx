import { Link } from '@tanstack/react-router';
import { CircleAlert, X } from 'lucide-react';
import type { Job } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { useCancelJob, useRun } from '~/features/jobs/queries';
import { readyOf, runOf } from '~/features/jobs/run';
import { kindOfJob, nameOfJob, placeOfJob } from '~/features/jobs/words';
import { clock, when } from '~/lib/format';
import { useNow } from '~/lib/react';
import { titleOf } from './ProblemBanner';
import { buttonLook, IconButton } from './ui/Button';
import { Photo } from './ui/Photo';
import { Progress } from './ui/Progress';

/** The jobs that work, each to be called off, and those that ended lately, each to be opened. */
export function JobsPanel({ active, lately }: { active: readonly Job[]; lately: readonly Job[] }) {
  return (
    <div className="flex flex-col gap-3.5">
      {active.length > 0 && (
        <ul className="flex flex-col gap-3.5">
          {active.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      )}
      {lately.length > 0 && (
        <>
          <h2 className="text-second text-muted">{t('jobs.lately')}</h2>
          <ul className="flex flex-col gap-2.5">
            {lately.map((job) => (
              <EndedLine key={job.id} job={job} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** A job at work: what is ready of it, what it does, how far it is, and the way out. */
export function JobLine({ job: listed }: { job: Job }) {
  const { data: run } = useRun(listed.id);
  const cancel = useCancelJob();
  const now = useNow(true);
  const job = run?.job ?? listed;
  const name = nameOfJob(job);
  const since = job.started_at ? clock((now - Date.parse(job.started_at)) / 1000) : '';
  return (
    <li className="flex gap-3">
      <Look job={job} picture={run ? readyOf(run).at(-1) : undefined} />
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-2">
          <Link {...placeOfJob(job)} className="block min-w-0 flex-1 hover:underline">
            <span className="block truncate font-[550]">{name}</span>
          </Link>
          <IconButton label={t('jobs.cancel', { name })} disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)} className="-mt-2 -mr-2 shrink-0">
            <X size={16} aria-hidden />
          </IconButton>
        </div>
        <p className="-mt-2 flex justify-between gap-2 text-second text-muted">
          <span className="truncate">{job.message || maybe(`status.${job.status}`)}</span>
          <span className="tabular-nums">{since}</span>
        </p>
        <Progress value={job.progress} label={name} />
      </div>
    </li>
  );
}

function EndedLine({ job }: { job: Job }) {
  const [picture] = readyOf(runOf(job));
  const failed = job.status === 'failed';
  const name = nameOfJob(job);
  return (
    <li className="flex items-center gap-3">
      <Look job={job} picture={picture} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-[550]">{name}</p>
        <p className={failed ? 'line-clamp-2 text-second text-danger' : 'truncate text-second text-muted'}>
          {failed ? titleOf(job.problem ?? {}) : [kindOfJob(job), when(job.finished_at ?? job.created_at)].join(', ')}
        </p>
      </div>
      <Link {...placeOfJob(job)} className={buttonLook('quiet', 'h-8 px-3 text-second')}>
        {failed ? t('jobs.why') : t('action.open')}
      </Link>
    </li>
  );
}

/** What the job has made so far, as small as a stamp. */
function Look({ job, picture }: { job: Job; picture: ReturnType<typeof readyOf>[number] | undefined }) {
  if (picture) {
    const { url, thumbnail_url: small, width, height, thumbhash } = picture;
    return <Photo src={small ?? url} alt="" width={width} height={height} thumbhash={thumbhash} className="size-10 shrink-0 rounded-chip" eager />;
  }
  if (job.status === 'failed') {
    return (
      <span aria-hidden className="flex size-10 shrink-0 items-center justify-center rounded-chip bg-danger-soft text-danger">
        <CircleAlert size={17} />
      </span>
    );
  }
  return <span aria-hidden className="shimmer size-10 shrink-0 rounded-chip" />;
}
