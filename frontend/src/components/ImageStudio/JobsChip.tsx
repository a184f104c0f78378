import { clsx } from 'clsx';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { t } from '~/app/i18n';
import { latelyOf, sawJobs, useSeen } from '~/features/jobs/lately';
import { useJobs } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';

const JobsPanel = lazy(async () => ({ default: (await import('./JobsPanel')).JobsPanel }));

/** What works right now and what ended lately, wherever it was started; absent when there is nothing to tell. */
export function JobsChip() {
  const { data } = useJobs(true);
  const seen = useSeen();
  const [open, setOpen] = useState(false);
  const jobs = data?.jobs ?? [];
  const active = jobs.filter(isActive);
  const lately = latelyOf(jobs);
  const fresh = lately.filter(({ finished_at: end }) => (end ?? '') > seen);
  if (active.length === 0 && fresh.length === 0 && !open) return null;
  const failed = fresh.filter(({ status }) => status === 'failed').length;
  const turn = (now: boolean) => {
    setOpen(now);
    if (!now) sawJobs();
  };
  return (
    <>
      <button type="button" popoverTarget="jobs" className="quiet-control flex h-9 items-center gap-2 rounded-control px-3 text-second font-[580] tabular-nums hover:bg-raised max-sm:h-11">
        <Sign progress={active.length > 0 ? active.reduce((sum, { progress }) => sum + progress, 0) / active.length : null} failed={failed > 0} />
        {active.length > 0 ? t('jobs.running', { count: active.length }) : failed > 0 ? t('jobs.failed', { count: failed }) : t('jobs.ready', { count: fresh.length })}
      </button>
      <section
        id="jobs"
        popover="auto"
        onToggle={({ newState }) => turn(newState === 'open')}
        aria-label={t('jobs.title')}
        className="pop scroll-quiet inset-auto top-15 right-5 max-h-[70dvh] w-90 animate-appear overflow-y-auto rounded-button p-4 text-fg outline-none max-sm:right-3 max-sm:w-[calc(100vw-24px)]"
      >
        {/* Read only while someone looks. */}
        <Suspense>{open && <JobsPanel active={active} lately={lately} />}</Suspense>
      </section>
    </>
  );
}

const ROUND = 2 * Math.PI * 6.5;

/** A ring that fills with the work; once it has ended, how. */
function Sign({ progress, failed }: { progress: number | null; failed: boolean }) {
  if (progress === null) {
    const Icon = failed ? CircleAlert : CircleCheck;
    return <Icon size={16} aria-hidden className={failed ? 'text-danger' : 'text-ok'} />;
  }
  return (
    <svg aria-hidden viewBox="0 0 16 16" className={clsx('size-4 -rotate-90', progress === 0 && 'animate-turn')} fill="none" strokeWidth="2.5">
      <circle cx="8" cy="8" r="6.5" className="stroke-line" />
      <circle cx="8" cy="8" r="6.5" className="stroke-accent transition-[stroke-dasharray] duration-240 ease-studio" strokeDasharray={`${Math.max(0.12, progress) * ROUND} ${ROUND}`} />
    </svg>
  );
}
