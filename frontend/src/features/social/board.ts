// The crops on the page, moved without React: one drag restyles every frame by the server's own formula.
import { windowFor, type Aim } from './aim';
import type { CropBox, Extent } from './crop';

/** A picture in a frame of its format's shape that hides what is outside. */
export interface Frame {
  picture: HTMLElement;
  source: Extent;
  format: Extent;
}

const percent = (share: number) => `${share * 100}%`;

/** Puts a picture under its frame so that exactly the window shows. */
export function place(picture: HTMLElement, source: Extent, box: CropBox): void {
  const { style } = picture;
  style.width = percent(source.width / box.width);
  style.height = percent(source.height / box.height);
  style.translate = `${percent(-box.left / source.width)} ${percent(-box.top / source.height)}`;
}

export class Board {
  readonly #frames = new Map<Frame, string>();
  #aim: Aim;

  constructor(aim: Aim) {
    this.#aim = aim;
  }

  /** What the frames show right now; during a drag ahead of what React knows. */
  get aim(): Aim {
    return this.#aim;
  }

  /** Shows a format's window in a frame from now on, until the returned function is called. */
  add(key: string, frame: Frame): () => void {
    this.#frames.set(frame, key);
    this.#put(key, frame);
    return () => void this.#frames.delete(frame);
  }

  /** Turns all frames to another aim. */
  show(aim: Aim): void {
    this.#aim = aim;
    for (const [frame, key] of this.#frames) this.#put(key, frame);
  }

  #put(key: string, { picture, source, format }: Frame): void {
    place(picture, source, windowFor(this.#aim, key, source, format));
  }
}
