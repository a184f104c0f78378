// A run is a job as a page shows it: one slot for each picture asked for. Pure: values in, values out.
import type { JobEvent } from '~/api/events';
import type { Job, Picture, Problem } from '~/api/types';

export type Slot =
  | { state: 'waiting' }
  | { state: 'ready'; picture: Picture }
  | { state: 'failed'; problem: Problem }
  | { state: 'cancelled' };

export interface Run {
  readonly job: Job;
  readonly slots: readonly Slot[];
}

const ACTIVE = new Set<Job['status']>(['queued', 'running', 'waiting']);

export const isActive = (job: Job) => ACTIVE.has(job.status);

interface Result {
  variation?: number;
  asset_id?: string | null;
  url?: string | null;
  thumbnail_url?: string | null;
  thumbhash?: string | null;
  width?: number | null;
  height?: number | null;
  error?: string | Problem | null;
}

/** How many pictures a job was asked for: an edit makes one, an export as many as it has formats. */
function partsOf(job: Job): number {
  const { num_variations: wanted, seeds, exports } = job.request;
  if (Array.isArray(exports)) return exports.length;
  if (Array.isArray(seeds)) return Math.max(1, seeds.length);
  return typeof wanted === 'number' ? wanted : 1;
}

function slotOf(result: Result): Slot {
  const { asset_id: id, url, width, height, error } = result;
  if (error || !id || !url) return { state: 'failed', problem: typeof error === 'string' ? { detail: error } : (error ?? {}) };
  return {
    state: 'ready',
    picture: {
      id,
      url,
      width: width ?? 1,
      height: height ?? 1,
      thumbnail_url: result.thumbnail_url ?? null,
      thumbhash: result.thumbhash ?? null,
    },
  };
}

/** What the job's result says of each picture, by its place (a job at work has only some); an edit's result is the picture itself. */
function resultsOf(job: Job): readonly Slot[] {
  const result = job.result as (Result & { results?: Result[] }) | null | undefined;
  if (!result) return [];
  if (!Array.isArray(result.results)) return [slotOf(result)];
  const slots: Slot[] = [];
  for (const [index, each] of result.results.entries()) slots[each.variation ?? index] = slotOf(each);
  return slots;
}

/** What becomes of a slot that has nothing when its job has ended. */
function leftover(job: Job): Slot {
  if (job.status === 'cancelled') return { state: 'cancelled' };
  if (job.status === 'failed') return { state: 'failed', problem: job.problem ?? {} };
  return { state: 'waiting' };
}

/** The run of a job as the server tells it, keeping pictures that already arrived one by one. */
export function runOf(job: Job, before?: Run): Run {
  const results = resultsOf(job);
  const length = Math.max(partsOf(job), results.length, before?.slots.length ?? 0);
  const slots = Array.from({ length }, (_, ordinal): Slot => {
    const old = before?.slots[ordinal];
    const known = results[ordinal];
    if (old?.state === 'ready' || known === undefined) return old && old.state !== 'waiting' ? old : leftover(job);
    // An event tells more of a failure than the result does.
    return known.state === 'failed' && old?.state === 'failed' ? old : known;
  });
  return { job: furthest(job, before?.job), slots };
}

/** An answer may be older than the event before it: work that goes on never goes back. */
function furthest(job: Job, before: Job | undefined): Job {
  if (!before || !isActive(job) || !isActive(before) || before.progress <= job.progress) return job;
  return { ...job, status: before.status, progress: before.progress, message: before.message };
}

/** The run after one more event. Events may come twice or late: nothing that is ready is ever taken back. */
export function after(run: Run, event: JobEvent): Run {
  const { job } = run;
  switch (event.type) {
    case 'progress':
      if (!isActive(job)) return run;
      return { ...run, job: { ...job, status: 'running', progress: event.progress, message: event.message } };
    case 'result': {
      const slots = [...run.slots];
      while (slots.length <= event.ordinal) slots.push({ state: 'waiting' });
      if (event.picture) slots[event.ordinal] = { state: 'ready', picture: event.picture };
      else if (slots[event.ordinal]?.state !== 'ready') slots[event.ordinal] = { state: 'failed', problem: event.problem ?? {} };
      const settled = slots.filter(({ state }) => state !== 'waiting').length / slots.length;
      return { slots, job: isActive(job) ? { ...job, progress: Math.max(job.progress, settled) } : job };
    }
    case 'done':
      return runOf({ ...job, status: 'done', progress: 1 }, run);
    case 'failed':
      return runOf({ ...job, status: 'failed', problem: { ...event.problem } }, run);
    case 'cancelled':
      return runOf({ ...job, status: 'cancelled' }, run);
  }
}

/** Pictures of a run that are there, in order. */
export const readyOf = (run: Run): Picture[] => run.slots.flatMap((slot) => (slot.state === 'ready' ? [slot.picture] : []));

export const countOf = (run: Run, state: Slot['state']): number => run.slots.filter((slot) => slot.state === state).length;
