// What a step changed, kept in tiles as they were before: small, because most tiles of a mask are all alike.
import { whole, within, type Box, type Mask } from './raster';

const TILE = 64;

/** Tiles by number, each as its bytes, or as one byte where all are the same. Swapping it twice changes nothing. */
export type Patch = Map<number, number | Uint8Array>;

const across = ({ width }: Mask) => Math.ceil(width / TILE);

function boxOf(mask: Mask, tile: number): Box {
  const [column, row] = [tile % across(mask), Math.floor(tile / across(mask))];
  return within({ left: column * TILE, top: row * TILE, right: (column + 1) * TILE, bottom: (row + 1) * TILE }, mask);
}

function read(mask: Mask, tile: number): number | Uint8Array {
  const { left, top, right, bottom } = boxOf(mask, tile);
  const wide = right - left;
  const bytes = new Uint8Array(wide * (bottom - top));
  for (let y = top; y < bottom; y++) bytes.set(mask.data.subarray(y * mask.width + left, y * mask.width + right), (y - top) * wide);
  const first = bytes[0] ?? 0;
  return bytes.every((byte) => byte === first) ? first : bytes;
}

function write(mask: Mask, tile: number, kept: number | Uint8Array): void {
  const { left, top, right, bottom } = boxOf(mask, tile);
  const wide = right - left;
  for (let y = top; y < bottom; y++) {
    const at = y * mask.width + left;
    if (typeof kept === 'number') mask.data.fill(kept, at, at + wide);
    else mask.data.set(kept.subarray((y - top) * wide, (y - top + 1) * wide), at);
  }
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

/** Puts kept tiles back and keeps those that were there instead; answers where. */
export function swap(patch: Patch, mask: Mask): Box {
  const changed = { ...whole(mask), left: mask.width, top: mask.height, right: 0, bottom: 0 };
  for (const [tile, kept] of patch) {
    const box = boxOf(mask, tile);
    patch.set(tile, read(mask, tile));
    write(mask, tile, kept);
    changed.left = Math.min(changed.left, box.left);
    changed.top = Math.min(changed.top, box.top);
    changed.right = Math.max(changed.right, box.right);
    changed.bottom = Math.max(changed.bottom, box.bottom);
  }
  return changed;
}

/** How much memory a patch takes, in bytes, or nearly. */
export function weight(patch: Patch): number {
  let total = 0;
  for (const kept of patch.values()) total += typeof kept === 'number' ? 16 : kept.length;
  return total;
}

const sum = (bytes: Uint8Array) => bytes.reduce((total, byte) => total + byte, 0);

/** By how much the mask's sum of levels is larger than when the patch was kept. */
export function gain(patch: Patch, mask: Mask): number {
  let total = 0;
  for (const [tile, kept] of patch) {
    const { left, top, right, bottom } = boxOf(mask, tile);
    const pixels = (right - left) * (bottom - top);
    const now = read(mask, tile);
    total += typeof now === 'number' ? now * pixels : sum(now);
    total -= typeof kept === 'number' ? kept * pixels : sum(kept);
  }
  return total;
}
