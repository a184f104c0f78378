// What a step changed, kept in tiles as they were before: small, because most tiles of a mask are all alike.
import { pack, unpack } from './pack';
import { within, type Box, type Mask } from './raster';

export const TILE = 64;

/** Tiles by number, each packed, or as one byte where all are the same. Swapping it twice changes nothing. */
export type Patch = Map<number, number | Uint8Array>;

export const across = ({ width }: Mask) => Math.ceil(width / TILE);

export function boxOf(mask: Mask, tile: number): Box {
  const [column, row] = [tile % across(mask), Math.floor(tile / across(mask))];
  return within({ left: column * TILE, top: row * TILE, right: (column + 1) * TILE, bottom: (row + 1) * TILE }, mask);
}

function bytesIn(mask: Mask, { left, top, right, bottom }: Box): Uint8Array {
  const wide = right - left;
  const bytes = new Uint8Array(wide * (bottom - top));
  for (let y = top; y < bottom; y++) bytes.set(mask.data.subarray(y * mask.width + left, y * mask.width + right), (y - top) * wide);
  return bytes;
}

/** The level of a tile that has but one, or -1. */
export function levelOf(mask: Mask, tile: number): number {
  const { left, top, right, bottom } = boxOf(mask, tile);
  const first = mask.data[top * mask.width + left] ?? 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * mask.width + left; at < y * mask.width + right; at++) if (mask.data[at] !== first) return -1;
  }
  return first;
}

function read(mask: Mask, tile: number): number | Uint8Array {
  const level = levelOf(mask, tile);
  if (level >= 0) return level;
  const box = boxOf(mask, tile);
  return pack(bytesIn(mask, box), box.right - box.left);
}

function unpacked(kept: number | Uint8Array, { left, top, right, bottom }: Box): Uint8Array {
  const pixels = (right - left) * (bottom - top);
  return typeof kept === 'number' ? new Uint8Array(pixels).fill(kept) : unpack(kept, right - left, pixels);
}

function write(mask: Mask, { left, top, right, bottom }: Box, bytes: Uint8Array): void {
  const wide = right - left;
  for (let y = top; y < bottom; y++) mask.data.set(bytes.subarray((y - top) * wide, (y - top + 1) * wide), y * mask.width + left);
}

/** Keeps the tiles that a box touches as they are now, unless the patch has them already. */
export function keep(patch: Patch, mask: Mask, box: Box): void {
  const { left, top, right, bottom } = within(box, mask);
  for (let row = Math.floor(top / TILE); row * TILE < bottom; row++) {
    for (let column = Math.floor(left / TILE); column * TILE < right; column++) {
      const tile = row * across(mask) + column;
      if (!patch.has(tile)) patch.set(tile, read(mask, tile));
    }
  }
}

function sum(bytes: Uint8Array): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total;
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

export interface Swapped {
  /** Where something may have changed. */
  changed: Box;
  /** By how much the mask's sum of levels grew. */
  gain: number;
}

/** Puts kept tiles back and keeps those that were there instead. */
export function swap(patch: Patch, mask: Mask): Swapped {
  const changed = nowhere(mask);
  let gain = 0;
  for (const [tile, kept] of patch) {
    const box = boxOf(mask, tile);
    const bytes = unpacked(kept, box);
    gain += sum(bytes) - sum(bytesIn(mask, box));
    patch.set(tile, read(mask, tile));
    write(mask, box, bytes);
    extend(changed, box);
  }
  return { changed, gain };
}

/** Keeps the tiles that differ from what a mask was before, as they were. */
export function difference(before: Uint8Array<ArrayBuffer>, mask: Mask): Swapped & { patch: Patch } {
  const patch: Patch = new Map();
  const was = { ...mask, data: before };
  const changed = nowhere(mask);
  let gain = 0;
  for (let tile = 0; tile < across(mask) * Math.ceil(mask.height / TILE); tile++) {
    const box = boxOf(mask, tile);
    if (!differs(before, mask, box)) continue;
    gain += sum(bytesIn(mask, box)) - sum(bytesIn(was, box));
    patch.set(tile, read(was, tile));
    extend(changed, box);
  }
  return { patch, changed, gain };
}

function differs(before: Uint8Array, { data, width }: Mask, { left, top, right, bottom }: Box): boolean {
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) if (before[at] !== data[at]) return true;
  }
  return false;
}

const nowhere = (mask: Mask): Box => ({ left: mask.width, top: mask.height, right: 0, bottom: 0 });

function extend(changed: Box, box: Box): void {
  changed.left = Math.min(changed.left, box.left);
  changed.top = Math.min(changed.top, box.top);
  changed.right = Math.max(changed.right, box.right);
  changed.bottom = Math.max(changed.bottom, box.bottom);
}

/** How much memory a patch takes, in bytes, or nearly. */
export function weight(patch: Patch): number {
  let total = 0;
  for (const kept of patch.values()) total += typeof kept === 'number' ? 16 : kept.length + 64;
  return total;
}

/** Drops the tiles that did not change after all; answers by how much the mask's sum of levels grew since they were kept. */
export function settle(patch: Patch, mask: Mask): number {
  let gain = 0;
  for (const [tile, kept] of patch) {
    const box = boxOf(mask, tile);
    const [before, now] = [unpacked(kept, box), bytesIn(mask, box)];
    if (same(now, before)) patch.delete(tile);
    else gain += sum(now) - sum(before);
  }
  return gain;
}
