import { expect, test } from 'vitest';
import { MaskEngine } from './engine';
import { pack, unpack } from './pack';
import type { Stroke } from './raster';
import { ellipseIn } from './shapes';
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

/** A row of numbers that look random, from 0 up to a most, the same for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * most;
  };
}

/** A random step of any kind that the editor has. */
function scribble(engine: MaskEngine, seed: number): void {
  const random = dice(seed);
  const box = { left: random(150), top: random(90), right: 50 + random(150), bottom: 30 + random(100) };
  const marks = random(3) > 1;
  const kinds = [
    () => engine.invert(),
    () => engine.clear(),
    () => engine.edge(Math.round(random(12) - 6), 0),
    () => engine.edge(Math.round(random(5) - 2), Math.round(random(9))),
    () => engine.add(Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, at) => (at * seed) % 251), marks),
    () => within(engine, () => engine.rectangle(box, marks)),
    () => within(engine, () => engine.path(ellipseIn(box), marks)),
    () => within(engine, () => engine.path(Array.from({ length: 3 + Math.floor(random(9)) }, () => ({ x: random(260) - 30, y: random(190) - 30 })), marks)),
    () => drawn(engine, line(random(200), random(130), random(220), random(140), 1 + random(30), marks)),
    () => drawn(engine, { ...line(random(200), random(130), random(220), random(140), 1 + random(40), marks), softness: random(1) }),
  ];
  // Strokes are what is done most.
  kinds[Math.min(kinds.length - 1, Math.floor(random(kinds.length + 6)))]!();
}

function within(engine: MaskEngine, change: () => void): void {
  engine.begin();
  change();
  engine.commit();
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

test('whatever was done is undone byte for byte, done again, and the same when done by another', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const [engine, other] = [new MaskEngine(SIZE), new MaskEngine(SIZE)];
    const states = [copy(engine)];
    for (let step = 0; step < 12; step++) {
      const before = engine.steps;
      scribble(engine, seed * 97 + step * 13);
      scribble(other, seed * 97 + step * 13);
      if (engine.steps > before) states.push(copy(engine));
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
    expect(same(other.mask.data, engine.mask.data)).toBe(true);
    expect(engine.share).toBeCloseTo(engine.mask.data.reduce((sum, byte) => sum + byte, 0) / 255 / engine.mask.data.length, 10);
  }
});

test('what is packed is the same when unpacked, and flat or even tiles become small', () => {
  const random = dice(7);
  const noise = Uint8Array.from({ length: 4096 }, () => random(256));
  const rim = Uint8Array.from({ length: 4096 }, (_, at) => Math.max(0, Math.min(255, 255 * (30.5 - Math.hypot((at % 64) - 20, at / 64 - 20)))));
  const slope = Uint8Array.from({ length: 4096 }, (_, at) => Math.max(0, Math.min(255, 255 - 5 * Math.hypot((at % 64) - 20, at / 64 - 20))));
  for (const bytes of [noise, rim, slope, noise.subarray(0, 61 * 7)]) {
    const wide = bytes.length === 4096 ? 64 : 61;
    expect(same(unpack(pack(bytes, wide), wide, bytes.length), bytes)).toBe(true);
  }
  expect(pack(rim, 64).length).toBeLessThan(900);
  expect(pack(slope, 64).length).toBeLessThan(2200);
  expect(pack(noise, 64).length).toBeLessThan(4400);
});

test('a mask grows as a disc does, to each side by the same, and shrinks back', () => {
  const engine = new MaskEngine(SIZE);
  within(engine, () => engine.rectangle({ left: 60, top: 50, right: 100, bottom: 90 }, true));
  engine.edge(9, 0);
  expect([51, 50, 108, 109].map((x) => level(engine, x, 70))).toEqual([255, 0, 255, 0]);
  expect([41, 40, 98, 99].map((y) => level(engine, 80, y))).toEqual([255, 0, 255, 0]);
  expect(level(engine, 53, 43)).toBe(0);
  expect(level(engine, 54, 44)).toBe(255);
  engine.edge(-9, 0);
  expect([59, 60, 99, 100].map((x) => level(engine, x, 70))).toEqual([0, 255, 255, 0]);
});

test('what reaches the border of the picture does not shrink away from it', () => {
  const engine = new MaskEngine(SIZE);
  within(engine, () => engine.rectangle({ left: 0, top: 0, right: 80, bottom: 130 }, true));
  engine.edge(-10, 0);
  expect([0, 69, 70].map((x) => level(engine, x, 0))).toEqual([255, 255, 0]);
});

test('a softened edge fades evenly around where it was, and nothing else changes', () => {
  const engine = new MaskEngine(SIZE);
  within(engine, () => engine.rectangle({ left: 0, top: 0, right: 100, bottom: 130 }, true));
  engine.edge(0, 10);
  expect(level(engine, 89, 60)).toBe(255);
  expect(level(engine, 110, 60)).toBe(0);
  expect(Number(level(engine, 99, 60)) + Number(level(engine, 100, 60))).toBe(255);
  const fades = Array.from({ length: 22 }, (_, step) => Number(level(engine, 89 + step, 60)));
  expect(fades.toSorted((one, other) => other - one)).toEqual(fades);
});

test('a lasso that crosses itself marks all that it winds around, with smooth edges', () => {
  const engine = new MaskEngine(SIZE);
  const star = Array.from({ length: 5 }, (_, step) => ({ x: 80 + 50 * Math.sin(step * 4 * Math.PI / 5), y: 65 - 50 * Math.cos(step * 4 * Math.PI / 5) }));
  within(engine, () => engine.path(star, true));
  expect([level(engine, 80, 65), level(engine, 80, 30), level(engine, 50, 90), level(engine, 10, 10)]).toEqual([255, 255, 0, 0]);
  within(engine, () => engine.path([{ x: 150.5, y: 10 }, { x: 170, y: 10 }, { x: 170, y: 20 }, { x: 150.5, y: 20 }], true));
  expect([149, 150, 151, 169, 170].map((x) => level(engine, x, 15))).toEqual([0, 128, 255, 255, 0]);
  within(engine, () => engine.path(ellipseIn({ left: 20, top: 20, right: 60, bottom: 40 }), true));
  const area = Array.from({ length: 50 }, (_, x) => Array.from({ length: 30 }, (__, y) => Number(level(engine, 15 + x, 15 + y)) / 255)).flat();
  expect(area.reduce((sum, each) => sum + each, 0) / (Math.PI * 20 * 10)).toBeCloseTo(1, 1);
});

test('a soft brush is full in the middle, fades to its rim, and leaves no seam', () => {
  const engine = new MaskEngine(SIZE);
  drawn(engine, { ...line(40, 60, 100, 60, 30), softness: 0.5 }, { ...line(100, 60, 150, 60, 30), softness: 0.5 });
  const across = [60, 70, 76, 80, 85, 89, 92].map((y) => Number(level(engine, 100, y)));
  expect(across[0]).toBe(255);
  expect(across.at(-1)).toBe(0);
  expect(across.toSorted((one, other) => other - one)).toEqual(across);
  expect(level(engine, 100, 80)).toBe(level(engine, 70, 80));
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

test('nothing that was done is ever forgotten', () => {
  const engine = new MaskEngine(SIZE);
  for (let step = 0; step < 150; step++) drawn(engine, line(step, 20, step, 100, 3));
  for (let step = 0; step < 150; step++) engine.undo();
  expect(engine.empty).toBe(true);
  expect(engine.canUndo).toBe(false);
});

test('many steps on a large picture take little memory', () => {
  const engine = new MaskEngine({ width: 2048, height: 2048 });
  for (let step = 0; step < 3; step++) drawn(engine, { ...line(100, 100 + step * 600, 2000, 200 + step * 500, 60), softness: 0.6 });
  engine.invert();
  expect(engine.kept).toBeLessThan(600_000);
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
