// What every crop looks at: one point for all, a point of its own for some, or what the server found. Pure.
import { cropAround, focusOf, type CropBox, type Extent, type Focus } from './crop';

export type Mode = 'smart' | 'center' | 'fit' | 'extend';

/** Where one format looks that goes its own way, and how close. */
export interface Own extends Focus {
  /** 1 shows as much as there is; 2 half as much a side. */
  zoom: number;
}

export interface Aim {
  mode: Mode;
  /** A person's point for all linked crops. */
  focus: Focus | null;
  /** By the format's key. */
  own: Readonly<Record<string, Own>>;
  /** Where the server cuts, by the format's key. */
  found: Readonly<Record<string, CropBox>>;
  /** What the server took for faces, in pixels of the source. */
  faces: readonly CropBox[];
}

export const CENTRE: Focus = { x: 0.5, y: 0.5 };
export const CLOSEST = 4;

/** Whether a mode leaves something out of the picture. */
export const cuts = (mode: Mode) => mode === 'smart' || mode === 'center';

/** The window that a format shows, in pixels of the source. */
export function windowFor(aim: Aim, key: string, source: Extent, format: Extent): CropBox {
  const own = aim.own[key];
  if (own) return cropAround(source, format, own, own.zoom);
  if (aim.mode === 'center') return cropAround(source, format, CENTRE);
  if (aim.focus) return cropAround(source, format, aim.focus);
  return aim.found[key] ?? cropAround(source, format, CENTRE);
}

const within = (value: number) => Math.min(1, Math.max(0, value));

/** A point of the picture, never outside of it. */
export const pointAt = (x: number, y: number): Focus => ({ x: within(x), y: within(y) });

/** The crop of a format moved by so many pixels of the source: from then on it goes its own way. */
export function shifted(aim: Aim, key: string, sizes: { source: Extent; format: Extent }, by: Focus): Own {
  const { source, format } = sizes;
  const zoom = aim.own[key]?.zoom ?? 1;
  const box = windowFor(aim, key, source, format);
  const moved = cropAround(source, format, focusOf({ ...box, left: box.left + by.x, top: box.top + by.y }, source), zoom);
  return { ...focusOf(moved, source), zoom };
}

/** The same aim with a format on its own way, or back with all others. */
export function withOwn(aim: Aim, key: string, own: Own | null): Aim {
  const { [key]: _, ...others } = aim.own;
  return { ...aim, own: own ? { ...others, [key]: own } : others };
}

/** Where the ring stands before anybody moved it: on the faces, else amid what the server found, else in the middle. */
export function restingPoint(aim: Aim, source: Extent): Focus {
  if (aim.focus && aim.mode !== 'center') return aim.focus;
  const boxes = aim.faces.length > 0 ? aim.faces : Object.values(aim.found);
  if (boxes.length === 0 || aim.mode === 'center') return CENTRE;
  const points = boxes.map((box) => focusOf(box, source));
  const mean = (side: 'x' | 'y') => Math.round((1000 * points.reduce((sum, point) => sum + point[side], 0)) / points.length) / 1000;
  return { x: mean('x'), y: mean('y') };
}

/** The same aim with a format taken off the common point where it stands, or put back to it. */
export function relinked(aim: Aim, key: string, source: Extent, format: Extent): Aim {
  if (aim.own[key]) return withOwn(aim, key, null);
  return withOwn(aim, key, { ...focusOf(windowFor(aim, key, source, format), source), zoom: 1 });
}
