import { expect, test } from 'vitest';
import { fitted, settled, toPicture, zoomed } from './view';

const PICTURE = { width: 4000, height: 2000 };
const BOX = { width: 1000, height: 800 };

test('the whole picture stands in the middle of its box', () => {
  expect(fitted(PICTURE, BOX)).toEqual({ scale: 0.25, x: 0, y: 150 });
  expect(fitted(PICTURE, BOX, 50)).toEqual({ scale: 0.225, x: 50, y: 175 });
});

test('what is under the pointer stays there when one comes closer', () => {
  const at = { x: 300, y: 420 };
  const near = zoomed(fitted(PICTURE, BOX), 3, at, 0.25);
  expect(toPicture(near, at).x).toBeCloseTo(toPicture(fitted(PICTURE, BOX), at).x);
  expect(near.scale).toBe(0.75);
});

test('nobody gets lost: not too far, not too close, not beside the picture', () => {
  const far = zoomed(fitted(PICTURE, BOX), 0.01, { x: 0, y: 0 }, 0.25);
  expect(far.scale).toBe(0.25);
  expect(zoomed(far, 1e6, { x: 0, y: 0 }, 0.25).scale).toBe(16);
  expect(settled({ scale: 1, x: 500, y: -5000 }, PICTURE, BOX)).toEqual({ scale: 1, x: 0, y: -1200 });
  expect(settled({ scale: 0.1, x: 500, y: 0 }, PICTURE, BOX)).toEqual({ scale: 0.1, x: 300, y: 300 });
});
