import { expect, test } from 'vitest';
import { boxAround, sharpest } from './details';

const SIZE = { width: 100, height: 80 };
/** A grey field with fine stripes in one place, and weaker ones in another. */
const light = Float32Array.from({ length: SIZE.width * SIZE.height }, (_, at) => {
  const [x, y] = [at % SIZE.width, Math.floor(at / SIZE.width)];
  if (x >= 70 && x < 80 && y >= 16 && y < 24) return 128 + 90 * (x % 2);
  if (x >= 20 && x < 30 && y >= 56 && y < 64) return 128 + 30 * (y % 2);
  return 128;
});

test('the finest detail comes first, and details lie apart', () => {
  const [first, second] = sharpest(light, SIZE, 2);
  expect(first).toEqual({ x: 0.75, y: 0.25 });
  expect(second).toEqual({ x: 0.25, y: 0.75 });
  expect(sharpest(light, SIZE, 4)).toHaveLength(4);
});

test('a detail lies within its picture, however near the rim it is', () => {
  expect(boxAround({ x: 0.99, y: 0 }, { width: 400, height: 300 }, 160)).toEqual({ left: 240, top: 0, width: 160, height: 160 });
  expect(boxAround({ x: 0.5, y: 0.5 }, { width: 100, height: 300 }, 160)).toEqual({ left: 0, top: 70, width: 100, height: 160 });
});
