// What a crop does to the faces in a picture, before anything is made, and where it would do better. Pure.
import { cuts, windowFor, withOwn, type Aim } from './aim';
import { focusOf, type CropBox, type Extent, type Focus } from './crop';
import type { Place } from './kit';

/** `cut`: an edge runs through a face. `lost`: no face is to be seen. `covered`: the app, or its circle, is over one. */
export type Concern = 'cut' | 'lost' | 'covered';

/** What belongs to a face above its box, as a share of its height: hair. */
const ABOVE = 0.25;
/** How much of a face may be missing before it looks cut. */
const SPARED = 0.06;

const headOf = ({ left, top, width, height }: CropBox): CropBox => {
  const above = Math.min(top, height * ABOVE);
  return { left, top: top - above, width, height: height + above };
};

const shared = (one: CropBox, other: CropBox): number =>
  Math.max(0, Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top));

/** A place of the source as it lies in the format's file. */
const seenAt = ({ x, y }: Focus, box: CropBox, { width, height }: Extent): Focus => ({
  x: ((x - box.left) / box.width) * width,
  y: ((y - box.top) / box.height) * height,
});

function isCovered(place: Place, { x, y }: Focus): boolean {
  const { width, height, safe_px: safe, keepout, shape } = place;
  if (shape === 'circle') return Math.hypot(x / width - 0.5, y / height - 0.5) > 0.5;
  const { top = 0, right = 0, bottom = 0, left = 0 } = safe;
  if (x < left || x > width - right || y < top || y > height - bottom) return true;
  return keepout.some(([from = 0, down = 0, wide = 0, high = 0]) => x >= from && x <= from + wide && y >= down && y <= down + high);
}

function concernIn(box: CropBox, place: Place, faces: readonly CropBox[]): Concern | null {
  if (faces.length === 0) return null;
  const kept = faces.map((face) => shared(headOf(face), box) / (headOf(face).width * headOf(face).height));
  if (kept.every((share) => share < SPARED)) return 'lost';
  if (kept.some((share) => share >= SPARED && share <= 1 - SPARED)) return 'cut';
  const middles = faces.filter((_, index) => kept[index]! > 1 - SPARED).map((face) => ({ x: face.left + face.width / 2, y: face.top + face.height / 2 }));
  return middles.some((middle) => isCovered(place, seenAt(middle, box, place))) ? 'covered' : null;
}

/** What is wrong with the crop of a format as it stands. */
export function concernOf(aim: Aim, place: Place, source: Extent): Concern | null {
  return cuts(aim.mode) ? concernIn(windowFor(aim, place.key, source, place), place, aim.faces) : null;
}

const TRIES = 24;

/** The same aim with a format moved to where nothing is wrong with it, as near as there is such a place; null where there is none. */
export function mended(aim: Aim, place: Place, source: Extent): Aim | null {
  const now = focusOf(windowFor(aim, place.key, source, place), source);
  const places = Array.from({ length: TRIES + 1 }, (_, step) => step / TRIES);
  const found = places
    .flatMap((share) => [{ x: share, y: now.y }, { x: now.x, y: share }])
    .map((focus) => withOwn(aim, place.key, { ...focus, zoom: 1 }))
    .filter((tried) => concernOf(tried, place, source) === null)
    .map((tried) => ({ tried, own: focusOf(windowFor(tried, place.key, source, place), source) }))
    .toSorted((a, b) => Math.hypot(a.own.x - now.x, a.own.y - now.y) - Math.hypot(b.own.x - now.x, b.own.y - now.y));
  return found[0]?.tried ?? null;
}
