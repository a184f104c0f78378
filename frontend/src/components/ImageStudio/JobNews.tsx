import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Job } from '~/api/types';
import { t } from '~/app/i18n';
import { isMine } from '~/features/jobs/mine';
import { useJobs } from '~/features/jobs/queries';
import { isActive, readyOf, runOf } from '~/features/jobs/run';
import { nameOfJob, placeOfJob } from '~/features/jobs/words';
import { say } from '~/features/toasts/store';
import { showProgress } from '~/lib/title';
import { preferences } from '~/theme/preferences';
import { titleOf } from './ProblemBanner';

/** Finding a mask is no work of its own: whoever asked for it sees it where they draw. */
const MEANS = 'select';

/** Tells how far the work is in the browser's tab, and of the end of jobs that nobody is looking at. */
export function JobNews() {
  const { data } = useJobs(true);
  const navigate = useNavigate();
  const shown = useRouterState({ select: ({ location }) => (location.search as { job?: string }).job });
  const inLibrary = useRouterState({ select: ({ location }) => location.pathname === '/library' });
  const working = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!data) return;
    const active = data.jobs.filter((job) => isActive(job) && isMine(job.id) && job.operation !== MEANS);
    const ended = data.jobs.filter((job) => working.current.has(job.id) && !isActive(job));
    working.current = new Set(active.map(({ id }) => id));
    showProgress(active.length > 0 ? active.reduce((sum, { progress }) => sum + progress, 0) / active.length : null);
    for (const job of ended) {
      // Who stands in the library goes on there, with the one picture that was made.
      const [made, more] = inLibrary && job.status === 'done' ? (job.asset_ids ?? []) : [];
      const open = () => void (made !== undefined && more === undefined ? navigate({ to: '/library', search: { asset: made } }) : navigate(placeOfJob(job)));
      if (document.hidden) notify(job, open);
      else if (job.id !== shown) announce(job, open);
    }
  }, [data, shown, inLibrary, navigate]);
  useEffect(() => () => showProgress(null), []);
  return null;
}

function announce(job: Job, open: () => void): void {
  const name = nameOfJob(job);
  const [picture] = readyOf(runOf(job));
  if (job.status === 'failed') say({ text: t('jobs.didFail', { name, reason: titleOf(job.problem ?? {}) }), tone: 'danger', action: { label: t('jobs.why'), perform: open } });
  if (job.status === 'done') say({ text: t('jobs.isReady', { name }), image: picture?.thumbnail_url ?? picture?.url ?? null, action: { label: t('action.open'), perform: open } });
}

/** By the system, where the person asked for it; at the next look by a toast all the same. */
function notify(job: Job, open: () => void): void {
  if (job.status === 'cancelled') return;
  announce(job, open);
  if (!preferences().notify || !('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const name = nameOfJob(job);
  const title = job.status === 'done' ? t('jobs.isReady', { name }) : t('jobs.didFail', { name, reason: titleOf(job.problem ?? {}) });
  const note = new Notification(title, { tag: job.id });
  note.addEventListener('click', () => {
    globalThis.focus();
    open();
  });
}
