// A mask in small, for looking at. Pure.
import { blank, type Mask } from './raster';

/** The same mask with at most so many pixels; itself where it has no more. */
export function smaller(mask: Mask, most: number): Mask {
  const factor = Math.sqrt((mask.width * mask.height) / most);
  if (factor <= 1) return mask;
  const small = blank({ width: Math.round(mask.width / factor), height: Math.round(mask.height / factor) });
  const [across, down] = [mask.width / small.width, mask.height / small.height];
  // Four places of what becomes one pixel are read, so that rims stay smooth.
  const columns = (share: number) => Uint32Array.from({ length: small.width }, (_, x) => Math.floor((x + share) * across));
  const [left, right] = [columns(0.25), columns(0.75)];
  for (let y = 0; y < small.height; y++) {
    const [upper, lower] = [Math.floor((y + 0.25) * down) * mask.width, Math.floor((y + 0.75) * down) * mask.width];
    for (let x = 0; x < small.width; x++) {
      const [one, other] = [left[x]!, right[x]!];
      small.data[y * small.width + x] = (mask.data[upper + one]! + mask.data[upper + other]! + mask.data[lower + one]! + mask.data[lower + other]!) >> 2;
    }
  }
  return small;
}
