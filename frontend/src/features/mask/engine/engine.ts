// The mask editor's memory: strokes gather into steps, and steps are undone and done again. No React, no canvas.
import type { Extent, Point } from '~/features/picture/view';
import { grow, soften } from './morph';
import { blank, draw, fill, invert, reach, whole, type Box, type Mask, type Stroke } from './raster';
import { boxOf, fillPath } from './shapes';
import { keep, settle, swap, weight, type Patch } from './tiles';

type Listener = (changed: Box | null) => void;

/** What a step changed; turning the mask over is undone by turning it over. */
type Step = Patch | 'inversion';

export class MaskEngine {
  readonly mask: Mask;
  #done: Step[] = [];
  #undone: Step[] = [];
  #open: Patch | null = null;
  #sum = 0;
  #listeners = new Set<Listener>();
  #steps = 0;

  constructor(size: Extent) {
    this.mask = blank(size);
  }

  /** Rises with every step that is finished, undone or done again. */
  get steps(): number {
    return this.#steps;
  }

  /** The share of the picture that is marked, 0..1, as of the last finished step. */
  get share(): number {
    return this.#sum / 255 / this.mask.data.length;
  }

  get empty(): boolean {
    return this.#sum === 0;
  }

  /** What undoing and doing again take, in bytes. */
  get kept(): number {
    return [...this.#done, ...this.#undone].reduce((total, step) => total + (step === 'inversion' ? 0 : weight(step)), 0);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Tells of each change and where it was, null where only the state of a step changed. */
  readonly listen = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Opens a step: what is drawn until `commit` is undone as one. */
  begin(): void {
    this.#open ??= new Map();
  }

  stroke(stroke: Stroke): void {
    this.#draw(reach(stroke), () => draw(this.mask, stroke));
  }

  rectangle(box: Box, marks: boolean): void {
    this.#draw(box, () => fill(this.mask, box, marks ? 255 : 0));
  }

  /** What lies inside a closed line, whichever way it is drawn. */
  path(points: readonly Point[], marks: boolean): void {
    this.#draw(boxOf(points), () => fillPath(this.mask, points, marks));
  }

  commit(): void {
    const patch = this.#open;
    this.#open = null;
    const gained = patch ? settle(patch, this.mask) : 0;
    if (!patch || patch.size === 0) return;
    this.#sum += gained;
    this.#finish(patch);
    this.#tell(null);
  }

  /** Takes the open step back as if it had never begun. */
  abandon(): void {
    const patch = this.#open;
    this.#open = null;
    if (patch && patch.size > 0) this.#tell(swap(patch, this.mask).changed);
  }

  invert(): void {
    if (this.#open) return;
    this.#finish('inversion');
    this.#tell(this.#invert());
  }

  clear(): void {
    if (!this.empty) this.#step(() => this.mask.data.fill(0));
  }

  /** Marks what another mask of the same size marks, besides what is marked already; or takes it away. */
  add(levels: Uint8Array, marks = true): void {
    this.#step(() => {
      const { data } = this.mask;
      for (let index = 0; index < data.length; index++) {
        const [before, level] = [data[index] ?? 0, levels[index] ?? 0];
        data[index] = marks ? Math.max(before, level) : Math.min(before, 255 - level);
      }
    });
  }

  /** Moves the edge by whole pixels: outwards, or inwards where it is negative. */
  grow(by: number): void {
    if (!this.empty) this.#step(() => grow(this.mask, by));
  }

  /** Lets the edge fade over so many pixels. */
  soften(radius: number): void {
    if (!this.empty) this.#step(() => soften(this.mask, radius));
  }

  undo(): void {
    this.#turn(this.#done, this.#undone);
  }

  redo(): void {
    this.#turn(this.#undone, this.#done);
  }

  #turn(from: Step[], to: Step[]): void {
    const step = this.#open ? undefined : from.pop();
    if (!step) return;
    to.push(step);
    this.#steps += 1;
    this.#tell(step === 'inversion' ? this.#invert() : this.#swap(step));
  }

  #swap(patch: Patch): Box {
    const { changed, gain } = swap(patch, this.mask);
    this.#sum += gain;
    return changed;
  }

  #invert(): Box {
    invert(this.mask);
    this.#sum = this.mask.data.length * 255 - this.#sum;
    return whole(this.mask);
  }

  #finish(step: Step): void {
    this.#done.push(step);
    this.#undone = [];
    this.#steps += 1;
  }

  #step(change: () => void): void {
    if (this.#open) return;
    this.begin();
    this.#draw(whole(this.mask), change);
    this.commit();
  }

  #draw(where: Box, change: () => void): void {
    if (!this.#open) throw new Error('begin a step first');
    keep(this.#open, this.mask, where);
    change();
    this.#tell(where);
  }

  #tell(changed: Box | null): void {
    for (const listener of this.#listeners) listener(changed);
  }
}
