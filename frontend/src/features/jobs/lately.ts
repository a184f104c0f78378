// Jobs that ended not long ago, and which of them the person has looked at.
import type { Job } from '~/api/types';
import { recall, remember } from '~/lib/persist';
import { store } from '~/lib/store';
import { isActive } from './run';

const NAME = 'jobs-seen';
const LATELY_MS = 60 * 60_000;
const FEW = 5;

const isText = (value: unknown): value is string => typeof value === 'string';

const now = () => new Date().toISOString();

const seen = store<string>(recall(NAME, isText) ?? now());
export const useSeen = seen.use;

/** Whatever has ended until now was seen. */
export function sawJobs(): void {
  seen.set(now());
  remember(NAME, seen.get());
}

/** The jobs that ended within the hour, the latest first; those that were called off are no news. */
export const latelyOf = (jobs: readonly Job[], at = Date.now()): readonly Job[] =>
  jobs
    .filter((job) => !isActive(job) && job.status !== 'cancelled' && job.finished_at && at - Date.parse(job.finished_at) < LATELY_MS)
    .toSorted((one, other) => (other.finished_at ?? '').localeCompare(one.finished_at ?? ''))
    .slice(0, FEW);
