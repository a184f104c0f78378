// A mask as bytes, and the shapes that are drawn into it. Pure; pixels, origin top left, boxes half-open, 255 = change.
import type { Extent, Point } from '~/features/picture/view';

export interface Mask extends Extent {
  /** All of its buffer. */
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const blank = ({ width, height }: Extent): Mask => ({ width, height, data: new Uint8Array(width * height) });

export const whole = ({ width, height }: Extent): Box => ({ left: 0, top: 0, right: width, bottom: height });

/** The pixels of a mask that a box touches. */
export function within(box: Box, { width, height }: Extent): Box {
  return {
    left: Math.max(0, Math.floor(box.left)),
    top: Math.max(0, Math.floor(box.top)),
    right: Math.min(width, Math.ceil(box.right)),
    bottom: Math.min(height, Math.ceil(box.bottom)),
  };
}

/** The smallest box around both. */
export const around = (one: Box | null, other: Box): Box =>
  one
    ? {
        left: Math.min(one.left, other.left),
        top: Math.min(one.top, other.top),
        right: Math.max(one.right, other.right),
        bottom: Math.max(one.bottom, other.bottom),
      }
    : other;

export interface Stroke {
  from: Point;
  to: Point;
  radius: number;
  /** 0: a crisp rim; 1: fades from the middle on. */
  softness?: number;
  /** True where it marks, false where it takes marks away. */
  marks: boolean;
}

export const reach = ({ from, to, radius }: Stroke): Box => ({
  left: Math.min(from.x, to.x) - radius - 1,
  top: Math.min(from.y, to.y) - radius - 1,
  right: Math.max(from.x, to.x) + radius + 1,
  bottom: Math.max(from.y, to.y) + radius + 1,
});

/** Where a row at height `y` crosses what is no further than `radius` from a line; empty if the first is not below the second. */
function crossing(y: number, { from, to }: Stroke, radius: number): [number, number] {
  const found: [number, number] = [Infinity, -Infinity];
  for (const { x, y: middle } of [from, to]) {
    const half = Math.sqrt(radius * radius - (y - middle) ** 2);
    // Beside the disc it is no number, and changes nothing.
    if (x - half < found[0]) found[0] = x - half;
    if (x + half > found[1]) found[1] = x + half;
  }
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return found;
  const [ux, uy, down] = [(to.x - from.x) / length, (to.y - from.y) / length, y - from.y];
  const aside = interval(down * ux, uy, radius, -radius);
  const along = interval(-down * uy, ux, 0, length);
  const [left, right] = [from.x + Math.max(aside[0], along[0]), from.x + Math.min(aside[1], along[1])];
  return left < right ? [Math.min(found[0], left), Math.max(found[1], right)] : found;
}

/** Between which numbers `x * slope - shift` goes from one end to the other; everywhere or nowhere where it does not change. */
function interval(shift: number, slope: number, one: number, other: number): [number, number] {
  if (slope !== 0) {
    const ends = [(shift + one) / slope, (shift + other) / slope] as const;
    return [Math.min(...ends), Math.max(...ends)];
  }
  const inside = -shift >= Math.min(one, other) && -shift <= Math.max(one, other);
  return inside ? [-Infinity, Infinity] : [Infinity, -Infinity];
}

const FINE = 16;

/** How strongly a brush marks by the distance from its line, in sixteenths of a pixel. */
function ramp(radius: number, softness: number): Uint8Array {
  const [core, rim] = [coreOf(radius, softness), radius + 0.5];
  const levels = new Uint8Array(Math.ceil(rim * FINE) + 2);
  for (let at = 0; at < levels.length; at++) {
    const share = Math.min(1, Math.max(0, (rim - at / FINE) / (rim - core)));
    levels[at] = Math.round(255 * (softness > 0 ? share * share * (3 - 2 * share) : share));
  }
  return levels;
}

/** The distance up to which a brush marks fully. */
const coreOf = (radius: number, softness: number) => Math.max(0, Math.min(radius - 0.5, radius * (1 - softness)));

let known = { radius: 0, softness: 0, levels: ramp(0, 0) };

/** The ramp of a brush, kept while the same one draws. */
function rampOf(radius: number, softness: number): Uint8Array {
  if (known.radius !== radius || known.softness !== softness) known = { radius, softness, levels: ramp(radius, softness) };
  return known.levels;
}

/** Draws one piece of a stroke with round ends: pieces that share an end join without a seam. */
export function draw({ data, ...size }: Mask, stroke: Stroke): void {
  const { from, to, radius, marks, softness = 0 } = stroke;
  const box = within(reach(stroke), size);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy || 1;
  const [levels, core, rim] = [rampOf(radius, softness), coreOf(radius, softness), radius + 0.5];
  const mark = (row: number, start: number, end: number, py: number) => {
    for (let x = start; x < end; x++) {
      const px = x + 0.5 - from.x;
      const share = (px * dx + py * dy) / length;
      const along = share < 0 ? 0 : share > 1 ? 1 : share;
      const [ex, ey] = [px - along * dx, py - along * dy];
      const level = levels[(Math.sqrt(ex * ex + ey * ey) * FINE + 0.5) | 0] ?? 0;
      const before = data[row + x]!;
      if (marks ? level > before : 255 - level < before) data[row + x] = marks ? level : 255 - level;
    }
  };
  for (let y = box.top; y < box.bottom; y++) {
    const [outer, inner] = [crossing(y + 0.5, stroke, rim), crossing(y + 0.5, stroke, core)];
    if (outer[0] >= outer[1]) continue;
    const [start, end] = [Math.max(box.left, Math.floor(outer[0])), Math.min(box.right, Math.ceil(outer[1]))];
    const full = Math.min(end, Math.max(start, Math.ceil(inner[0] - 0.5)));
    const faint = inner[0] < inner[1] ? Math.min(end, Math.max(full, Math.floor(inner[1] + 0.5))) : full;
    const row = y * size.width;
    mark(row, start, full, y + 0.5 - from.y);
    data.fill(marks ? 255 : 0, row + full, row + faint);
    mark(row, faint, end, y + 0.5 - from.y);
  }
}

/** Sets every pixel of a box. */
export function fill({ data, ...size }: Mask, box: Box, level: number): void {
  const { left, top, right, bottom } = within(box, size);
  for (let y = top; y < bottom; y++) data.fill(level, y * size.width + left, y * size.width + right);
}

/** Swaps what changes and what stays. */
export function invert({ data }: Mask): void {
  // Four at a time: at 4096 x 4096 pixels one at a time is seen.
  const fours = new Uint32Array(data.buffer, 0, data.length >> 2);
  for (let at = 0; at < fours.length; at++) fours[at] = ~fours[at]!;
  for (let at = fours.length * 4; at < data.length; at++) data[at] = 255 - data[at]!;
}
