import { expect, test } from 'vitest';
import { MaskEngine } from './engine';
import { grow, soften } from './morph';
import { blank, type Mask } from './raster';
import { smaller } from './smaller';
import { perform, type Elsewhere } from './task';

/** A row of numbers that look random, 0 up to a most, the same for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * most;
  };
}

/** Crisp and soft patches, and a few lone pixels. */
function patchy(width: number, height: number, seed: number): Mask {
  const random = dice(seed);
  const mask = blank({ width, height });
  for (let patch = 0; patch < 5; patch++) {
    const [left, top, level] = [Math.floor(random(width)), Math.floor(random(height)), patch % 2 ? 255 : Math.round(random(255))];
    for (let y = top; y < Math.min(height, top + random(20)); y++) mask.data.fill(level, y * width + left, y * width + Math.min(width, left + 14));
  }
  return mask;
}

// An assertion that looks at each byte takes minutes here.
const same = (one: Uint8Array, other: Uint8Array | undefined) => one.length === other?.length && one.every((byte, at) => byte === other[at]);

const copy = (mask: Mask): Mask => ({ ...mask, data: mask.data.slice() });

/** The largest level within a disc, looked for pixel by pixel. */
function slowly({ width, height, data }: Mask, radius: number): Uint8Array {
  return data.map((_, at) => {
    let most = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (dx * dx + dy * dy > (radius + 0.25) ** 2) continue;
        const [x, y] = [Math.min(width - 1, Math.max(0, (at % width) + dx)), Math.min(height - 1, Math.max(0, Math.floor(at / width) + dy))];
        most = Math.max(most, data[y * width + x]!);
      }
    }
    return most;
  });
}

test('growing takes the largest level within a disc, and shrinking the smallest', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const mask = patchy(70, 50, seed);
    const radius = 1 + (seed % 7);
    const [grown, shrunk] = [copy(mask), copy(mask)];
    grow(grown, radius);
    expect(same(grown.data, slowly(mask, radius))).toBe(true);
    grow(shrunk, -radius);
    const turned = slowly({ ...mask, data: mask.data.map((level) => 255 - level) }, radius).map((level) => 255 - level);
    expect(same(shrunk.data, turned)).toBe(true);
  }
});

test('a large mask changes as its parts do: no seam where they meet', () => {
  const mask = blank({ width: 600, height: 300 });
  for (let y = 0; y < 300; y++) mask.data.fill(255, y * 600, y * 600 + 256);
  soften(mask, 12);
  for (let y = 1; y < 300; y++) expect(same(mask.data.slice(y * 600, (y + 1) * 600), mask.data.slice(0, 600))).toBe(true);
  const row = Array.from(mask.data.slice(240, 272));
  expect(row.toSorted((one, other) => other - one)).toEqual(row);
  expect(row.every((level, at) => level + (row[31 - at] ?? 0) === 255)).toBe(true);
});

/** A place that answers later, as a worker does: the property holds for both. */
function later() {
  const told: (() => void)[] = [];
  const place: Elsewhere = (mask, task, onShare) =>
    new Promise((resolve) => {
      const own = copy(mask);
      told.push(() => {
        onShare(0.5);
        resolve({ ...perform(own, structuredClone(task)), mask: own });
      });
    });
  const settle = async (engine: MaskEngine) => {
    while (engine.busy !== null) {
      told.shift()?.();
      await Promise.resolve();
    }
  };
  return { place, settle };
}

const SIZE = { width: 1030, height: 1000 };

function draw(engine: MaskEngine, x: number, marks = true): void {
  engine.begin();
  engine.stroke({ from: { x, y: 20 }, to: { x: 900 - x, y: 900 }, radius: 30, marks, softness: 0.4 });
  engine.commit();
}

test('what others change beside the page is the same as what is changed on it, and undone the same', async () => {
  const { place, settle } = later();
  const [here, there] = [new MaskEngine(SIZE), new MaskEngine(SIZE, place)];
  const random = dice(11);
  const states: Uint8Array[] = [];
  for (let step = 0; step < 8; step++) {
    const [kind, x, by] = [Math.floor(random(6)), Math.floor(random(800)), Math.round(random(10) - 5)];
    const levels = new Uint8Array(SIZE.width * SIZE.height).fill(200, 9_000 * step, 9_000 * step + 4_000);
    for (const engine of [here, there]) {
      if (kind < 2) draw(engine, x, step % 3 > 0);
      else if (kind === 2) engine.invert();
      else if (kind === 3) engine.add(levels, step % 2 > 0);
      else engine.edge(by, Math.abs(by));
    }
    await settle(there);
    expect(same(there.mask.data, here.mask.data)).toBe(true);
    states.push(there.mask.data.slice());
  }
  expect([there.steps, there.share]).toEqual([here.steps, here.share]);
  while (there.canUndo) there.undo();
  await settle(there);
  expect(there.empty).toBe(true);
  while (there.canRedo) {
    there.redo();
    await settle(there);
  }
  expect(same(there.mask.data, states.at(-1))).toBe(true);
});

test('while others change the mask nothing is drawn, and what is asked for comes after', async () => {
  const { place, settle } = later();
  const engine = new MaskEngine(SIZE, place);
  draw(engine, 100);
  const before = engine.mask.data.slice();
  engine.edge(6, 0);
  expect(engine.busy).toBe(0);
  draw(engine, 700);
  engine.undo();
  engine.undo();
  engine.redo();
  expect(same(engine.mask.data, before)).toBe(true);
  await settle(engine);
  expect(same(engine.mask.data, before)).toBe(true);
  expect([engine.canUndo, engine.canRedo, engine.busy]).toEqual([true, true, null]);
});

test('a mask in small looks like the large one', () => {
  const mask = blank({ width: 400, height: 200 });
  for (let y = 0; y < 200; y++) mask.data.fill(255, y * 400, y * 400 + 200);
  const small = smaller(mask, 5_000);
  expect([small.width, small.height]).toEqual([100, 50]);
  expect([small.data[0], small.data[49], small.data[50], small.data[4999]]).toEqual([255, 255, 0, 0]);
  expect(smaller(small, 5_000)).toBe(small);
});
