// What takes long with masks, done beside the page; on the page itself where a browser keeps no such place, or it fails.
import type { Asked, Told } from './engine/aside.worker';
import { levelsOf, maskFile } from './engine/files';
import type { OnShare } from './engine/morph';
import type { Mask } from './engine/raster';
import { perform, type Elsewhere, type Outcome, type Task } from './engine/task';

interface Waiting {
  onShare: OnShare | undefined;
  answer: (answer: unknown) => void;
  fail: () => void;
}

// An Omit of each kind, not of what they share.
type Ask<Each = Asked> = Each extends Asked ? Omit<Each, 'id'> : never;

let place: Promise<Worker | null> | undefined;
const waiting = new Map<number, Waiting>();
let asked = 0;

/** Comes with its first work. Its script is written into ours, so that a studio that is served from two hosts may start it. */
async function open(): Promise<Worker | null> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null;
  const { default: Aside } = await import('./engine/aside.worker?worker&inline');
  const worker = new Aside();
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data));
  worker.addEventListener('error', () => {
    place = Promise.resolve(null);
    for (const each of waiting.values()) each.fail();
    waiting.clear();
  });
  return worker;
}

function hear(told: Told): void {
  const one = waiting.get(told.id);
  if ('share' in told) return one?.onShare?.(told.share);
  waiting.delete(told.id);
  return 'answer' in told ? one?.answer(told.answer) : one?.fail();
}

async function ask<Answer>(what: Ask, here: () => Answer | Promise<Answer>, onShare?: OnShare): Promise<Answer> {
  const worker = await (place ??= open());
  if (!worker) return here();
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const fail = () => void (async () => here())().then(resolve, reject);
    // What comes back is what `here` would have made: both do the same.
    waiting.set(id, { onShare, answer: (answer) => resolve(answer as Answer), fail });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
    worker.postMessage({ ...what, id });
  });
}

const copyOf = ({ data, width, height }: Mask): Mask => ({ width, height, data: data.slice() });

/** Changes a copy of a mask. */
export const elsewhere: Elsewhere = (mask, task, onShare) =>
  ask({ kind: 'change', mask, task }, () => doneHere(mask, task), onShare);

function doneHere(mask: Mask, task: Task): Outcome & { mask: Mask } {
  const own = copyOf(mask);
  return { ...perform(own, task), mask: own };
}

/** A PNG of exactly the mask's size, as the mask is now. */
export async function fileOf(mask: Mask): Promise<Blob> {
  const copy = copyOf(mask);
  return ask({ kind: 'file', mask: copy }, () => maskFile(copy));
}

/** The levels of a mask in a file, brought to a picture's size; throws a DOMException where it is no picture. */
export const levelsIn = (file: Blob, width: number, height: number): Promise<Uint8Array> =>
  ask({ kind: 'levels', file, width, height }, () => levelsOf(file, width, height));

/** The same of a mask that is to be had at an address. */
export async function levelsAt(address: string, width: number, height: number): Promise<Uint8Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return levelsIn(await answer.blob(), width, height);
}
