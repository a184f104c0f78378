// The masks of the pictures worked on last: going back a step, or to another page, finds them as they were left.
import type { Extent } from '~/features/picture/view';
import { elsewhere } from './aside';
import { MaskEngine } from './engine/engine';

// A mask of 4096 by 4096 pixels takes 16 MB.
const KEPT = 4;

const engines = new Map<string, MaskEngine>();

/** The mask of a picture, with all that can be undone in it. */
export function engineOf(assetId: string, size: Extent): MaskEngine {
  const known = engines.get(assetId);
  const fits = known?.mask.width === size.width && known.mask.height === size.height;
  const engine = known && fits ? known : new MaskEngine(size, elsewhere);
  engines.delete(assetId);
  engines.set(assetId, engine);
  for (const oldest of engines.keys()) {
    if (engines.size <= KEPT) break;
    engines.delete(oldest);
  }
  return engine;
}
