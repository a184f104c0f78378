import { expect, test } from 'vitest';
import { MaskEngine } from './engine';
import type { Stroke } from './raster';
import { tinted } from './tint';

const SIZE = { width: 200, height: 130 };

const line = (x0: number, y0: number, x1: number, y1: number, radius = 6, marks = true): Stroke => ({
  from: { x: x0, y: y0 },
  to: { x: x1, y: y1 },
  radius,
  marks,
});

function drawn(engine: MaskEngine, ...strokes: Stroke[]): void {
  engine.begin();
  for (const stroke of strokes) engine.stroke(stroke);
  engine.commit();
}

const level = ({ mask }: MaskEngine, x: number, y: number) => mask.data[y * mask.width + x];
const copy = ({ mask }: MaskEngine) => mask.data.slice();
const same = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, index) => byte === other[index]);

/** Random steps of every kind, the same for the same seed. */
function scribble(engine: MaskEngine, seed: number): void {
  let state = seed;
  const random = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * most;
  };
  const kind = Math.floor(random(5));
  if (kind === 0) engine.invert();
  else if (kind === 1) {
    engine.begin();
    engine.rectangle({ left: random(150), top: random(90), right: 160, bottom: 100 }, random(2) > 1);
    engine.commit();
  } else drawn(engine, line(random(200), random(130), random(220), random(140), 1 + random(30), random(3) > 1));
}

test('a stroke is round, joined and as wide as its brush', () => {
  const engine = new MaskEngine(SIZE);
  drawn(engine, line(20, 20, 90, 60), line(90, 60, 150, 20));
  for (const at of [0.1, 0.3, 0.5, 0.9]) expect(level(engine, Math.floor(20 + 70 * at), Math.floor(20 + 40 * at))).toBe(255);
  expect(level(engine, 90, 60)).toBe(255);
  expect(level(engine, 20, 29)).toBe(0);
  expect(level(engine, 55, 60)).toBe(0);
});

test('a quick stroke is the same as a slow one', () => {
  const [quick, slow] = [new MaskEngine(SIZE), new MaskEngine(SIZE)];
  drawn(quick, line(10, 30, 110, 30));
  drawn(slow, ...Array.from({ length: 20 }, (_, step) => line(10 + step * 5, 30, 15 + step * 5, 30)));
  expect(same(copy(slow), copy(quick))).toBe(true);
});

test('the eraser leaves what stays black, not see-through, and half a mask is half', () => {
  const engine = new MaskEngine(SIZE);
  engine.begin();
  engine.rectangle({ left: 0, top: 0, right: 100, bottom: 130 }, true);
  engine.commit();
  expect(engine.share).toBeCloseTo(0.5);
  drawn(engine, line(50, 65, 50, 65, 20, false));
  expect(level(engine, 50, 65)).toBe(0);
  expect(engine.share).toBeLessThan(0.5);
});

test('whatever was done is undone byte for byte, and done again', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const engine = new MaskEngine(SIZE);
    const states = [copy(engine)];
    for (let step = 0; step < 10; step++) {
      scribble(engine, seed * 97 + step * 13);
      states.push(copy(engine));
    }
    for (const state of states.slice(0, -1).toReversed()) {
      engine.undo();
      expect(same(engine.mask.data, state)).toBe(true);
    }
    expect(engine.canUndo).toBe(false);
    expect(engine.empty).toBe(true);
    for (const state of states.slice(1)) {
      engine.redo();
      expect(same(engine.mask.data, state)).toBe(true);
    }
    expect(engine.share).toBeCloseTo(engine.mask.data.reduce((sum, byte) => sum + byte, 0) / 255 / engine.mask.data.length, 10);
  }
});

test('a new step ends what could be done again; a stroke that was none leaves no step', () => {
  const engine = new MaskEngine(SIZE);
  drawn(engine, line(20, 20, 60, 20));
  engine.undo();
  drawn(engine, line(20, 80, 60, 80));
  expect(engine.canRedo).toBe(false);
  const before = copy(engine);
  engine.begin();
  engine.stroke(line(0, 0, 200, 130, 40));
  engine.abandon();
  expect(same(engine.mask.data, before)).toBe(true);
  engine.undo();
  expect(engine.canUndo).toBe(false);
});

test('nothing is undone in the middle of a stroke', () => {
  const engine = new MaskEngine(SIZE);
  drawn(engine, line(20, 20, 60, 20));
  engine.begin();
  engine.stroke(line(60, 20, 90, 20));
  engine.undo();
  engine.commit();
  expect(level(engine, 30, 20)).toBe(255);
});

test('another mask is added to what is marked', () => {
  const engine = new MaskEngine(SIZE);
  drawn(engine, line(20, 20, 20, 20));
  const subject = new Uint8Array(SIZE.width * SIZE.height);
  subject[100 * SIZE.width + 100] = 200;
  engine.add(subject);
  expect([level(engine, 20, 20), level(engine, 100, 100)]).toEqual([255, 200]);
  engine.undo();
  expect([level(engine, 20, 20), level(engine, 100, 100)]).toEqual([255, 0]);
});

test('many steps on a large picture take little memory', () => {
  const engine = new MaskEngine({ width: 2048, height: 2048 });
  for (let step = 0; step < 3; step++) drawn(engine, line(100, 100 + step * 600, 2000, 200 + step * 500, 60));
  engine.invert();
  expect(engine.kept).toBeLessThan(4_000_000);
  engine.undo();
  expect(engine.canRedo).toBe(true);
});

test('what is marked is tinted, its rim is lined, and the rest is clear', () => {
  const engine = new MaskEngine(SIZE);
  engine.begin();
  engine.rectangle({ left: 40, top: 40, right: 80, bottom: 80 }, true);
  engine.commit();
  const look = { view: { scale: 1, x: 0, y: 0 }, tint: [200, 30, 90, 0.5], line: [255, 255, 255, 1] } as const;
  const shown = tinted(engine.mask, { left: 0, top: 0, right: 100, bottom: 100 }, look);
  const at = (x: number, y: number) => Array.from(shown.subarray((y * 100 + x) * 4, (y * 100 + x) * 4 + 4));
  expect(at(60, 60)).toEqual([200, 30, 90, 128]);
  expect(at(40, 60)).toEqual([255, 255, 255, 255]);
  expect(at(10, 10)).toEqual([0, 0, 0, 0]);
});
