// A mask's edge moved outwards, inwards, or made soft. Each pixel costs the same however far it goes. Pure; beyond its borders the picture goes on.
import type { Box, Mask } from './raster';

/** How far it is, 0..1. */
export type OnShare = (share: number) => void;

/** Pixels a side of what is worked on at once: large beside what has to be known around it, small beside a memory cache. */
const BLOCK = 256;

/** Distances are counted in bytes. */
export const FARTHEST = 250;

type Make = (part: Uint8Array, wide: number, high: number) => Uint8Array;

function blocksOf({ width, height }: Mask): Box[] {
  const [across, down] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)];
  return Array.from({ length: across * down }, (_, at) => {
    const [left, top] = [(at % across) * BLOCK, Math.floor(at / across) * BLOCK];
    return { left, top, right: Math.min(width, left + BLOCK), bottom: Math.min(height, top + BLOCK) };
  });
}

function flat(bytes: Uint8Array): boolean {
  const [first] = bytes;
  for (const byte of bytes) if (byte !== first) return false;
  return true;
}

const clamp = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));

/** A box with `reach` more pixels on each side; beside the mask its outermost ones go on. */
function partOf(source: Uint8Array, { width, height }: Mask, { left, top, right, bottom }: Box, reach: number): [Uint8Array, number, number] {
  const [wide, high] = [right - left + 2 * reach, bottom - top + 2 * reach];
  const part = new Uint8Array(wide * high);
  const [start, end] = [Math.max(0, left - reach), Math.min(width, right + reach)];
  const [before, after] = [start - left + reach, end - left + reach];
  for (let y = 0; y < high; y++) {
    const row = clamp(top - reach + y, height) * width;
    part.set(source.subarray(row + start, row + end), y * wide + before);
    part.fill(source[row]!, y * wide, y * wide + before);
    part.fill(source[row + width - 1]!, y * wide + after, (y + 1) * wide);
  }
  return [part, wide, high];
}

/** Replaces each block that is not all of one level by what `make` says of it and its surroundings. */
function remade(mask: Mask, reach: number, make: Make, onShare?: OnShare): void {
  const source = mask.data.slice();
  const blocks = blocksOf(mask);
  for (const [at, block] of blocks.entries()) {
    onShare?.(at / blocks.length);
    const [part, wide, high] = partOf(source, mask, block, reach);
    if (flat(part)) continue;
    const made = make(part, wide, high);
    const span = block.right - block.left;
    for (let y = block.top; y < block.bottom; y++) {
      mask.data.set(made.subarray((y - block.top) * span, (y - block.top + 1) * span), y * mask.width + block.left);
    }
  }
}

/** For each number of rows, how far to each side a disc reaches there; beyond it, nowhere. */
function discOf(radius: number): Int32Array {
  const disc = Int32Array.from({ length: radius + 2 }, (_, apart) => Math.floor(Math.sqrt(Math.max(0, (radius + 0.25) ** 2 - apart ** 2))));
  disc[radius + 1] = -1_000_000;
  return disc;
}

/** How many rows each pixel is from one in its column that is at least `least`; further than a disc reaches is all the same. */
function rowsApart(part: Uint8Array, wide: number, least: number, far: number): Uint8Array {
  const apart = new Uint8Array(part.length);
  for (let at = 0; at < part.length; at++) {
    const before = at >= wide ? apart[at - wide]! : far;
    apart[at] = part[at]! >= least ? 0 : before < far ? before + 1 : far;
  }
  for (let at = part.length - wide - 1; at >= 0; at--) if (apart[at + wide]! < apart[at]!) apart[at] = apart[at + wide]! + 1;
  return apart;
}

/** 1 for each pixel of the middle that a disc around some pixel of at least `least` covers. */
function covered(part: Uint8Array, wide: number, high: number, disc: Int32Array, least: number): Uint8Array {
  const radius = disc.length - 2;
  const span = wide - 2 * radius;
  const apart = rowsApart(part, wide, least, radius + 1);
  const out = new Uint8Array(span * (high - 2 * radius));
  for (let y = radius; y < high - radius; y++) {
    const [row, put] = [y * wide, (y - radius) * span - radius];
    let edge = -1;
    for (let x = 0; x < wide - radius; x++) {
      const end = x + disc[apart[row + x]!]!;
      if (end > edge) edge = end;
      if (edge >= x && x >= radius) out[put + x] = 1;
    }
    edge = wide;
    for (let x = wide - 1; x >= radius; x--) {
      const end = x - disc[apart[row + x]!]!;
      if (end < edge) edge = end;
      if (edge <= x && x < wide - radius) out[put + x] = 1;
    }
  }
  return out;
}

/** For each width of a window, the largest level in it: powers of two, from which any width is made of two. */
function peaks(row: Uint8Array, most: number): Uint8Array[] {
  const all = [row];
  for (let step = 1; 2 * step <= most; step *= 2) {
    const before = all.at(-1)!;
    const next = new Uint8Array(row.length - 2 * step + 1);
    for (let at = 0; at < next.length; at++) next[at] = before[at]! > before[at + step]! ? before[at]! : before[at + step]!;
    all.push(next);
  }
  return all;
}

/** The largest level under a disc, for a few pixels; the rows' windows are made where they are first asked for. */
function peaksUnder(part: Uint8Array, wide: number, disc: Int32Array): (x: number, y: number) => number {
  const radius = disc.length - 2;
  const rows: Uint8Array[][] = [];
  return (x, y) => {
    let most = 0;
    for (let down = -radius; down <= radius; down++) {
      const row = y + down;
      const windows = (rows[row] ??= peaks(part.subarray(row * wide, (row + 1) * wide), 2 * radius + 1));
      const half = disc[Math.abs(down)]!;
      const power = 31 - Math.clz32(2 * half + 1);
      const levels = windows[power]!;
      const [one, other] = [levels[x - half]!, levels[x + half + 1 - 2 ** power]!];
      if (one > most) most = one;
      if (other > most) most = other;
    }
    return most;
  };
}

/** The largest level under a disc: full or none is told by distance, and looked for only in between. */
function grown(part: Uint8Array, wide: number, high: number, radius: number): Uint8Array {
  const disc = discOf(radius);
  const span = wide - 2 * radius;
  const out = covered(part, wide, high, disc, 255);
  const touched = part.some((level) => level > 0 && level < 255) ? covered(part, wide, high, disc, 1) : out;
  const peakAt = peaksUnder(part, wide, disc);
  for (let at = 0; at < out.length; at++) {
    if (out[at] === 1) out[at] = 255;
    else if (touched[at] === 1) out[at] = peakAt((at % span) + radius, Math.floor(at / span) + radius);
  }
  return out;
}

const inverted = (bytes: Uint8Array) => bytes.map((byte) => 255 - byte);

/** Moves the edge `by` whole pixels outwards, evenly in all directions; inwards where it is negative. */
export function grow(mask: Mask, by: number, onShare?: OnShare): void {
  const radius = Math.min(FARTHEST, Math.abs(by));
  if (radius === 0) return;
  const make: Make = (part, wide, high) => (by > 0 ? grown(part, wide, high, radius) : inverted(grown(inverted(part), wide, high, radius)));
  remade(mask, radius, make, onShare);
}

/** Three running means of rows, whose halves are given, and the outcome turned on its side: rows become columns. */
function meansTurned(lines: Float64Array | Uint8Array, wide: number, halves: readonly number[]): Float64Array {
  const high = lines.length / wide;
  const span = wide - 2 * halves.reduce((total, half) => total + half, 0);
  const out = new Float64Array(span * high);
  const line = new Float64Array(wide);
  for (let y = 0; y < high; y++) {
    line.set(lines.subarray(y * wide, (y + 1) * wide));
    let length = wide;
    for (const half of halves) length = summed(line, length, half);
    for (let x = 0; x < span; x++) out[x * high + y] = line[x]!;
  }
  return out;
}

/** Replaces each number by the sum of those up to `half` beside it; answers how many have enough of them. */
function summed(line: Float64Array, length: number, half: number): number {
  if (half === 0) return length;
  let sum = 0;
  for (let at = 0; at < 2 * half; at++) sum += line[at]!;
  for (let at = 0; at + 2 * half < length; at++) {
    const first = line[at]!;
    sum += line[at + 2 * half]!;
    line[at] = sum;
    sum -= first;
  }
  return length - 2 * half;
}

/** Lets the edge fade over `radius` whole pixels to each side: three means one after the other are nearly a bell. */
export function soften(mask: Mask, radius: number, onShare?: OnShare): void {
  if (radius === 0) return;
  const halves = [0, 1, 2].map((at) => Math.floor((radius + at) / 3));
  // Whole numbers until here, and an odd one: what is marked and what is not add up to full, everywhere.
  const whole = halves.reduce((total, half) => total * (2 * half + 1), 1) ** 2;
  const make: Make = (part, wide, high) => Uint8Array.from(meansTurned(meansTurned(part, wide, halves), high, halves), (sum) => Math.round(sum / whole));
  remade(mask, radius, make, onShare);
}
