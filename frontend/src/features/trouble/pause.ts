// A pause that somebody asked for: it is sat out, seen by all, and what waits goes on by itself.
import type { StudioProblem } from '~/api/errors';
import { store } from '~/lib/store';

export type Way = 'on' | 'local' | 'stop';

export interface Pause {
  problem: StudioProblem;
  /** When it ends, in milliseconds. */
  until: number;
  /** Whether the free engine could take it instead. */
  local: boolean;
  take: (way: Way) => void;
}

const pause = store<Pause | null>(null);

export const usePause = pause.use;
export const dropPause = () => pause.get()?.take('stop');

/** Waits as long as the problem asks for, or until a person takes another way; a second order waits for the first one's word. */
export function sitOut(problem: StudioProblem, local: boolean): Promise<Way> {
  const ms = (problem.retryAfter ?? 1) * 1000;
  const before = pause.get();
  return new Promise((resolve) => {
    const take = (way: Way) => {
      clearTimeout(timer);
      if (pause.get() === mine) pause.set(null);
      before?.take(way);
      resolve(way);
    };
    const timer = setTimeout(() => take('on'), ms);
    const mine: Pause = { problem, until: Date.now() + ms, local, take };
    pause.set(mine);
  });
}
