// The mask editor's memory: strokes gather into steps, and steps are undone and done again. No React, no canvas.
import type { Extent, Point } from '~/features/picture/view';
import { blank, draw, fill, invert, reach, whole, type Box, type Mask, type Stroke } from './raster';
import { boxOf, fillPath } from './shapes';
import { isQuick, perform, type Elsewhere, type Outcome, type Task } from './task';
import { keep, settle, swap, weight, type Patch } from './tiles';

type Listener = (changed: Box | null) => void;

/** What a step changed; turning the mask over is undone by turning it over. */
type Step = Patch | 'inversion';

export class MaskEngine {
  #mask: Mask;
  #elsewhere: Elsewhere | null;
  #done: Step[] = [];
  #undone: Step[] = [];
  #open: Patch | null = null;
  #sum = 0;
  #listeners = new Set<Listener>();
  #steps = 0;
  #busy: number | null = null;
  #waiting: (() => Promise<void> | void)[] = [];

  /** What takes long on a large mask is done `elsewhere`, where there is such a place. */
  constructor(size: Extent, elsewhere: Elsewhere | null = null) {
    this.#mask = blank(size);
    this.#elsewhere = elsewhere;
  }

  /** As it is now; after a change of the whole it is another one. */
  get mask(): Mask {
    return this.#mask;
  }

  /** How far a change of the whole is that others make, 0..1; null while there is none. Until it is done nothing is drawn, and what else is asked for waits. */
  get busy(): number | null {
    return this.#busy;
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
    if (this.#busy === null) this.#open ??= new Map();
  }

  /** What is drawn without a step leaves no mark. */
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
    this.#order(() => {
      this.#finish('inversion');
      this.#tell(this.#invert());
    });
  }

  clear(): void {
    this.#order(() => (this.empty ? undefined : this.#step({ kind: 'clear' })));
  }

  /** Marks what another mask of the same size marks, besides what is marked already; or takes it away. The levels are given away. */
  add(levels: Uint8Array, marks = true): void {
    this.#order(() => this.#step({ kind: 'add', levels, marks }));
  }

  /** Moves the edge by whole pixels, inwards where that is negative, and lets it fade over others. */
  edge(by: number, radius: number): void {
    this.#order(() => (this.empty || (by === 0 && radius === 0) ? undefined : this.#step({ kind: 'edge', by, radius })));
  }

  undo(): void {
    this.#turn(this.#done, this.#undone);
  }

  redo(): void {
    this.#turn(this.#undone, this.#done);
  }

  #turn(from: Step[], to: Step[]): void {
    this.#order(() => {
      const step = from.pop();
      if (!step) return undefined;
      const turned = ({ patch, changed, gain }: Outcome) => {
        to.push(patch);
        this.#sum += gain;
        this.#steps += 1;
        this.#tell(changed);
      };
      if (step !== 'inversion') return this.#change({ kind: 'swap', patch: step }, turned);
      to.push(step);
      this.#steps += 1;
      this.#tell(this.#invert());
      return undefined;
    });
  }

  #invert(): Box {
    invert(this.mask);
    this.#sum = this.mask.data.length * 255 - this.#sum;
    return whole(this.mask);
  }

  #finish(step: Step): void {
    this.#done.push(step);
    this.#undone.length = 0;
    this.#steps += 1;
  }

  #step(task: Task): Promise<void> | void {
    return this.#change(task, ({ patch, changed, gain }) => {
      if (patch.size === 0) return;
      this.#sum += gain;
      this.#finish(patch);
      this.#tell(changed);
    });
  }

  /** Changes the whole mask here, or elsewhere if that takes long. */
  #change(task: Task, then: (outcome: Outcome) => void): Promise<void> | void {
    if (!this.#elsewhere || isQuick(this.mask, task)) return then(perform(this.mask, task));
    return this.#elsewhere(this.mask, task, (share) => this.#far(share)).then((outcome) => {
      this.#mask = outcome.mask;
      then(outcome);
    });
  }

  /** Does one thing after the other; nothing within a stroke. */
  #order(work: () => Promise<void> | void): void {
    if (this.#busy !== null) this.#waiting.push(work);
    else if (!this.#open) this.#start(work);
  }

  #start(work: () => Promise<void> | void): void {
    const working = work();
    if (!working) return;
    this.#far(0);
    void working.finally(() => {
      this.#far(null);
      while (this.#busy === null && this.#waiting.length > 0) this.#start(this.#waiting.shift()!);
    });
  }

  #far(share: number | null): void {
    this.#busy = share;
    this.#tell(null);
  }

  #draw(where: Box, change: () => void): void {
    if (!this.#open) return;
    keep(this.#open, this.mask, where);
    change();
    this.#tell(where);
  }

  #tell(changed: Box | null): void {
    for (const listener of this.#listeners) listener(changed);
  }
}
