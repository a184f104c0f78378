// What is not well with the crops or the files, worst first, and what can be done about it by a press. Pure.
import type { SocialCheck } from '~/api/types';
import { cuts, type Aim } from './aim';
import { concernOf, mended, type Concern } from './concerns';
import type { Extent } from './crop';
import { enlargement } from './enlargement';
import type { Place } from './kit';
import { brokenOf, type Outcome } from './results';

export type Need = { place: Place } & ({ kind: 'concern'; concern: Concern } | { kind: 'rule'; check: SocialCheck } | { kind: 'enlarged'; factor: number });

export type Fix =
  | { kind: 'move'; aim: Aim }
  | { kind: 'extend' | 'fit' | 'type' | 'alt' | 'upscale' }
  /** In bytes: what the file may have at most. */
  | { kind: 'lighter'; limit: number };

/** So many times enlarged a picture looks soft. */
const SOFT = 1.6;

interface Seen {
  places: readonly Place[];
  aim: Aim;
  source: Extent;
  outcomes: ReadonlyMap<string, Outcome> | undefined;
}

function needOf(place: Place, { aim, source, outcomes }: Omit<Seen, 'places'>): Need[] {
  const outcome = outcomes?.get(place.key);
  if (outcome?.state === 'ready' && outcome.result) {
    const check = brokenOf(outcome.result)[0];
    return check ? [{ place, kind: 'rule', check }] : [];
  }
  if (outcome) return [];
  const concern = concernOf(aim, place, source);
  if (concern) return [{ place, kind: 'concern', concern }];
  const factor = enlargement(place, aim, source);
  return factor >= SOFT ? [{ place, kind: 'enlarged', factor }] : [];
}

const WEIGHT = { rule: 0, concern: 1, enlarged: 2 };

/** What needs a person, one for each format. */
export const needsOf = ({ places, ...seen }: Seen): Need[] => places.flatMap((place) => needOf(place, seen)).toSorted((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind]);

const OF_FACES = /_(faces|text)$/;

/** What would help, the best first; nothing where only a person can tell. */
export function fixesOf(need: Need, aim: Aim, source: Extent): Fix[] {
  const moved = (): Fix[] => {
    const better = mended(aim, need.place, source);
    return better ? [{ kind: 'move', aim: better }] : cuts(aim.mode) ? [{ kind: 'extend' }, { kind: 'fit' }] : [];
  };
  switch (need.kind) {
    case 'concern':
      return moved();
    case 'enlarged':
      return [{ kind: 'upscale' }];
    case 'rule': {
      const { rule, limit } = need.check;
      if (rule.endsWith('_bytes') && rule !== 'min_bytes' && typeof limit === 'number') return [{ kind: 'lighter', limit }];
      if (rule === 'types') return [{ kind: 'type' }];
      if (rule.startsWith('alt_')) return [{ kind: 'alt' }];
      if (rule === 'upscaled') return [{ kind: 'upscale' }];
      return OF_FACES.test(rule) ? moved() : [];
    }
  }
}
