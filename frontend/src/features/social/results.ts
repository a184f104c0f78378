// What became of each format of a job, and what is to be known of it. Pure.
import type { Picture, Problem, SocialCheck, SocialResult } from '~/api/types';
import { isActive, type Run } from '~/features/jobs/run';
import type { CropBox } from './crop';
import { keyOf } from './kit';

export type Outcome =
  | { state: 'waiting' }
  /** `result` comes with the job's end, the picture as soon as it is there. */
  | { state: 'ready'; picture: Picture; result?: SocialResult }
  | { state: 'failed'; problem: Problem }
  | { state: 'cancelled' };

interface Named {
  platform: string;
  format_id: string;
}

interface Told {
  results?: SocialResult[];
  errors?: (Named & { problem: Problem })[];
}

/** The formats that a job was asked for, by key, in its order. */
export function keysOf(run: Run): string[] {
  const exports = run.job.request['exports'];
  return Array.isArray(exports) ? (exports as Named[]).map(({ platform, format_id: id }) => keyOf(platform, id)) : [];
}

const pictureOf = ({ asset_id: id, url, thumbnail_url: thumbnail, width, height }: SocialResult): Picture => ({
  id,
  url,
  thumbnail_url: thumbnail ?? null,
  width,
  height,
  thumbhash: null,
});

/** What became of each format, by key. What the job's result says counts; events tell of the others. */
export function outcomesOf(run: Run): Map<string, Outcome> {
  const { results = [], errors = [] } = (run.job.result ?? {}) as Told;
  const outcomes = new Map<string, Outcome>();
  const told = results.length + errors.length > 0 && !isActive(run.job);
  for (const [ordinal, key] of keysOf(run).entries()) {
    const slot = told ? undefined : run.slots[ordinal];
    outcomes.set(key, slot ?? { state: run.job.status === 'cancelled' ? 'cancelled' : 'waiting' });
  }
  for (const result of results) outcomes.set(keyOf(result.platform, result.format_id), { state: 'ready', picture: pictureOf(result), result });
  for (const { platform, format_id: id, problem } of errors) outcomes.set(keyOf(platform, id), { state: 'failed', problem });
  return outcomes;
}

/** Rules that a file breaks, those that the platform insists on first. */
export const brokenOf = ({ checks }: SocialResult): SocialCheck[] =>
  checks.filter(({ ok }) => ok === false).toSorted((a, b) => Number(a.level === 'should') - Number(b.level === 'should'));

export interface Sum {
  total: number;
  /** Files that are there, and how many of them keep every rule. */
  ready: number;
  sound: number;
  failed: number;
  /** Of all files, and of the largest. */
  bytes: number;
  largest: number;
}

export function sumOf(outcomes: ReadonlyMap<string, Outcome>): Sum {
  const all = [...outcomes.values()];
  const results = all.flatMap((outcome) => (outcome.state === 'ready' && outcome.result ? [outcome.result] : []));
  return {
    total: all.length,
    ready: all.filter(({ state }) => state === 'ready').length,
    sound: results.filter((result) => brokenOf(result).length === 0).length,
    failed: all.filter(({ state }) => state === 'failed').length,
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: Math.max(0, ...results.map(({ bytes }) => bytes)),
  };
}

/** Where the server itself chose to cut, by format, so that the frames show it. Designs are laid out again and have no window. */
export function foundIn(run: Run, outcomes: ReadonlyMap<string, Outcome>): Record<string, CropBox> {
  const { mode, exports } = run.job.request as { mode?: string; exports?: (Named & { focus?: unknown; box?: unknown })[] };
  const found: Record<string, CropBox> = {};
  if (mode !== 'smart') return found;
  for (const { platform, format_id: id, focus, box } of exports ?? []) {
    const outcome = outcomes.get(keyOf(platform, id));
    if (focus || box || outcome?.state !== 'ready' || !outcome.result || outcome.result.laid_out) continue;
    found[keyOf(platform, id)] = outcome.result.crop;
  }
  return found;
}
