// Where things stand in the grid. Pure.
import type { Asset } from '~/api/types';

/** Width over height, held within what a lane can show. */
export function shapeOf(asset: Asset | undefined): number {
  const ratio = (asset?.width ?? 1) / (asset?.height ?? 1);
  return Math.min(3, Math.max(0.5, ratio));
}
