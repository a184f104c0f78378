// The place aside: does what takes long with a copy of a mask, while the page goes on.
import { levelsOf, maskFile } from './files';
import type { Mask } from './raster';
import { perform, type Task } from './task';

/** What is asked for; `id` comes back with each word of the answer. */
export type Asked =
  | { id: number; kind: 'change'; mask: Mask; task: Task }
  | { id: number; kind: 'levels'; file: Blob; width: number; height: number }
  | { id: number; kind: 'file'; mask: Mask };

export type Told = { id: number; share: number } | { id: number; answer: unknown } | { id: number; failed: true };

// The page's own types stand for those of a worker, which differ in how a message is posted.
interface Port {
  postMessage: (told: Told, transfer?: Transferable[]) => void;
  addEventListener: (type: 'message', hear: (event: MessageEvent<Asked>) => void) => void;
}

const port = globalThis as unknown as Port;

async function answer(asked: Asked): Promise<[unknown, Transferable[]]> {
  switch (asked.kind) {
    case 'change': {
      const outcome = perform(asked.mask, asked.task, (share) => port.postMessage({ id: asked.id, share }));
      return [{ ...outcome, mask: asked.mask }, [asked.mask.data.buffer]];
    }
    case 'levels': {
      const levels = await levelsOf(asked.file, asked.width, asked.height);
      return [levels, [levels.buffer]];
    }
    case 'file':
      return [await maskFile(asked.mask), []];
  }
}

port.addEventListener('message', ({ data: asked }) => {
  answer(asked).then(
    ([given, transfer]) => port.postMessage({ id: asked.id, answer: given }, transfer),
    // The page does it itself then, and meets what is wrong.
    () => port.postMessage({ id: asked.id, failed: true }),
  );
});
