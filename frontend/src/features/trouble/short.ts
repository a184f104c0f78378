// An order that costs more than there is, and the choice that a person makes of it.
import type { StudioProblem } from '~/api/errors';
import { store } from '~/lib/store';

/** Any request for work, as far as its price is concerned. */
export interface Priced {
  provider?: string | null;
  num_variations?: number;
}

interface Shortage {
  problem: StudioProblem;
  body: Priced;
  settle: (instead: Priced | null) => void;
}

const shortage = store<Shortage | null>(null);

export const useShortage = shortage.use;
export const dropShortage = () => shortage.get()?.settle(null);

/** Lets the person choose what to do instead; null for nothing. */
export function choose(problem: StudioProblem, body: Priced): Promise<Priced | null> {
  shortage.get()?.settle(null);
  return new Promise((resolve) => {
    const settle = (instead: Priced | null) => {
      shortage.set(null);
      resolve(instead);
    };
    shortage.set({ problem, body, settle });
  });
}

/** How many pictures what is left pays for, if that is fewer than asked for and not none. */
export function fewer(body: Priced, credits: StudioProblem['credits']): number | null {
  const asked = body.num_variations ?? 1;
  if (!credits || credits.needed <= 0) return null;
  const paid = Math.floor((credits.available / credits.needed) * asked);
  return paid >= 1 && paid < asked ? paid : null;
}
