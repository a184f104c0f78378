import { expect, test } from 'vitest';
import { asset } from '~/test/fixtures';
import { shapeOf, step } from './grid';

test('arrows stay within the grid', () => {
  expect(step('ArrowRight', 2, 4, 10)).toBe(3);
  expect(step('ArrowDown', 2, 4, 10)).toBe(6);
  expect(step('ArrowUp', 2, 4, 10)).toBe(2);
  expect(step('End', 2, 4, 10)).toBe(9);
  expect(step('a', 2, 4, 10)).toBeNull();
});

test('a picture of unknown or extreme size still gets a sensible cell', () => {
  expect(shapeOf(undefined)).toBe(1);
  expect(shapeOf(asset('a', { width: 4000, height: 100 }))).toBe(3);
});
