// What changes a mask as a whole, and takes long on a large one: here, or where nobody waits for it. Pure.
import { grow, soften, type OnShare } from './morph';
import { type Mask } from './raster';
import { difference, swap, type Patch, type Swapped } from './tiles';

export type Task =
  /** The edge is moved by whole pixels, then fades over so many. */
  | { kind: 'edge'; by: number; radius: number }
  | { kind: 'clear' }
  /** Marks what another mask of the same size marks, or takes it away. */
  | { kind: 'add'; levels: Uint8Array; marks: boolean }
  /** Puts kept tiles back. */
  | { kind: 'swap'; patch: Patch };

/** What it was before, where it changed, and by how much the sum of its levels grew. */
export type Outcome = Swapped & { patch: Patch };

/** Does a task in another place with a copy of the mask; answers the mask as it is then. */
export type Elsewhere = (mask: Mask, task: Task, onShare: OnShare) => Promise<Outcome & { mask: Mask }>;

/** Up to so many pixels, and so many tiles put back, nobody notices how long it takes. */
const FEW_PIXELS = 1_000_000;
const FEW_TILES = 150;

/** Whether a task is done at once, by eye. */
export const isQuick = ({ width, height }: Mask, task: Task) => width * height <= FEW_PIXELS || (task.kind === 'swap' && task.patch.size <= FEW_TILES);

/** Changes a mask, and answers how to undo it. */
export function perform(mask: Mask, task: Task, onShare?: OnShare): Outcome {
  if (task.kind === 'swap') return { patch: task.patch, ...swap(task.patch, mask) };
  const before = mask.data.slice();
  if (task.kind === 'clear') mask.data.fill(0);
  else if (task.kind === 'add') add(mask, task.levels, task.marks);
  else edge(mask, task, onShare);
  return difference(before, mask);
}

function edge(mask: Mask, { by, radius }: { by: number; radius: number }, onShare?: OnShare): void {
  const half = by !== 0 && radius !== 0 ? 0.5 : 1;
  grow(mask, by, (share) => onShare?.(share * half));
  soften(mask, radius, (share) => onShare?.(1 - half + share * half));
}

function add({ data }: Mask, levels: Uint8Array, marks: boolean): void {
  for (let at = 0; at < data.length; at++) {
    const [before, level] = [data[at]!, levels[at] ?? 0];
    if (marks ? level > before : 255 - level < before) data[at] = marks ? level : 255 - level;
  }
}
