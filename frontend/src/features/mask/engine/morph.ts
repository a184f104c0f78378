// A mask's edge moved outwards, inwards, or made soft. Only tiles near an edge are worked on. Pure; beyond its borders the picture goes on.
import type { Mask } from './raster';
import { across, boxOf, levelOf, TILE } from './tiles';

/** The tiles whose surroundings, `reach` pixels wide, are not all of one level. */
function nearEdges(mask: Mask, reach: number): number[] {
  const [wide, high] = [across(mask), Math.ceil(mask.height / TILE)];
  const levels = Array.from({ length: wide * high }, (_, tile) => levelOf(mask, tile));
  const spread = Math.ceil(reach / TILE);
  const alike = (column: number, row: number) => {
    const own = levels[row * wide + column];
    for (let y = Math.max(0, row - spread); y <= Math.min(high - 1, row + spread); y++) {
      for (let x = Math.max(0, column - spread); x <= Math.min(wide - 1, column + spread); x++) if (levels[y * wide + x] !== own) return false;
    }
    return own !== -1;
  };
  return [...levels.keys()].filter((tile) => !alike(tile % wide, Math.floor(tile / wide)));
}

function flat(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== bytes[0]) return false;
  return true;
}

const clamp = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));

/** Replaces each tile near an edge by what `make` says of it and its surroundings. */
function remade(mask: Mask, reach: number, make: (part: Uint8Array, wide: number, high: number) => Uint8Array): void {
  const source = mask.data.slice();
  for (const tile of nearEdges(mask, reach)) {
    const { left, top, right, bottom } = boxOf(mask, tile);
    const [wide, high] = [right - left + 2 * reach, bottom - top + 2 * reach];
    const part = new Uint8Array(wide * high);
    for (let y = 0; y < high; y++) {
      const row = clamp(top - reach + y, mask.height) * mask.width;
      for (let x = 0; x < wide; x++) part[y * wide + x] = source[row + clamp(left - reach + x, mask.width)]!;
    }
    if (flat(part)) continue;
    const made = make(part, wide, high);
    const span = right - left;
    for (let y = top; y < bottom; y++) mask.data.set(made.subarray((y - top) * span, (y - top + 1) * span), y * mask.width + left);
  }
}

/** For each width of a window, the largest level in it: powers of two, from which any width is made of two. */
function peaks(row: Uint8Array): Uint8Array[] {
  const all = [row];
  for (let step = 1; 2 * step <= row.length; step *= 2) {
    const before = all.at(-1)!;
    const next = new Uint8Array(row.length - 2 * step + 1);
    for (let at = 0; at < next.length; at++) next[at] = before[at]! > before[at + step]! ? before[at]! : before[at + step]!;
    all.push(next);
  }
  return all;
}

function grown(part: Uint8Array, wide: number, high: number, radius: number): Uint8Array {
  const [span, down] = [wide - 2 * radius, high - 2 * radius];
  const out = new Uint8Array(span * down);
  for (let y = 0; y < high; y++) {
    const row = part.subarray(y * wide, (y + 1) * wide);
    if (row[0] === 0 && flat(row)) continue;
    const all = peaks(row);
    for (let put = Math.max(0, y - 2 * radius); put <= Math.min(down - 1, y); put++) {
      const half = Math.floor(Math.sqrt(Math.max(0, (radius + 0.25) ** 2 - (y - radius - put) ** 2)));
      const length = 2 * half + 1;
      const power = Math.floor(Math.log2(length));
      const [most, apart] = [all[power]!, length - 2 ** power];
      for (let x = 0; x < span; x++) {
        const at = x + radius - half;
        const level = most[at]! > most[at + apart]! ? most[at]! : most[at + apart]!;
        if (level > out[put * span + x]!) out[put * span + x] = level;
      }
    }
  }
  return out;
}

const inverted = (bytes: Uint8Array) => bytes.map((byte) => 255 - byte);

/** Moves the edge `by` whole pixels outwards, evenly in all directions; inwards where it is negative. */
export function grow(mask: Mask, by: number): void {
  const radius = Math.abs(by);
  if (radius === 0) return;
  remade(mask, radius, (part, wide, high) => (by > 0 ? grown(part, wide, high, radius) : inverted(grown(inverted(part), wide, high, radius))));
}

function bell(radius: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-(((at - radius) / (radius / 2.2)) ** 2) / 2));
  const all = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => each / all);
}

function softened(part: Uint8Array, wide: number, high: number, weights: Float64Array): Uint8Array {
  const radius = (weights.length - 1) / 2;
  const [span, down] = [wide - 2 * radius, high - 2 * radius];
  const rows = new Float64Array(span * high);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < span; x++) {
      let total = 0;
      for (let at = 0; at < weights.length; at++) total += part[y * wide + x + at]! * weights[at]!;
      rows[y * span + x] = total;
    }
  }
  const out = new Uint8Array(span * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < span; x++) {
      let total = 0;
      for (let at = 0; at < weights.length; at++) total += rows[(y + at) * span + x]! * weights[at]!;
      out[y * span + x] = Math.round(total);
    }
  }
  return out;
}

/** Lets the edge fade over `radius` whole pixels to each side. */
export function soften(mask: Mask, radius: number): void {
  if (radius === 0) return;
  const weights = bell(radius);
  remade(mask, radius, (part, wide, high) => softened(part, wide, high, weights));
}
