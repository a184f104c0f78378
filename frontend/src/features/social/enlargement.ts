// How much of a file would have to be invented. Pure.
import { cuts, windowFor, type Aim } from './aim';
import type { Extent } from './crop';
import type { Place } from './kit';

/** How many times larger a file is than the pixels it is made of; 1 where none has to be invented. */
export function enlargement(place: Place, aim: Aim, source: Extent): number {
  const { width } = cuts(aim.mode) ? windowFor(aim, place.key, source, place) : source;
  const factor = cuts(aim.mode) ? place.width / width : Math.min(place.width / source.width, place.height / source.height);
  return Math.max(1, factor);
}
