// Where things stand in the grid. Pure.
import type { Asset } from '~/api/types';

/** Width over height, held within what a lane can show. */
export function shapeOf(asset: Asset | undefined): number {
  const ratio = (asset?.width ?? 1) / (asset?.height ?? 1);
  return Math.min(3, Math.max(0.5, ratio));
}

/** The index that an arrow key leads to; null when the key leads nowhere. */
export function step(key: string, from: number, lanes: number, count: number): number | null {
  const ways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -lanes, ArrowDown: lanes, Home: -from, End: count - 1 - from };
  const way = ways[key];
  if (way === undefined) return null;
  const to = from + way;
  return to >= 0 && to < count ? to : from;
}
