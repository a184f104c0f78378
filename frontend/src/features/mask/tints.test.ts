import { expect, test } from 'vitest';
import { farthest } from './tints';

const plain = (red: number, green: number, blue: number) => Uint8Array.from({ length: 400 }, (_, at) => [red, green, blue, 255][at % 4]!);

test('a mask is shown in the colour that its picture has least of', () => {
  expect(farthest(plain(240, 70, 130))).not.toBe('pink');
  expect(farthest(plain(30, 160, 220))).not.toBe('cyan');
  expect(farthest(plain(120, 200, 40))).not.toBe('lime');
  expect(farthest(plain(110, 110, 108))).toBe('pink');
});
