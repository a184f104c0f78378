import { expect, test } from 'vitest';
import { asset } from '~/test/fixtures';
import { shapeOf } from './grid';

test('a picture of unknown or extreme size still gets a sensible cell', () => {
  expect(shapeOf(undefined)).toBe(1);
  expect(shapeOf(asset('a', { width: 4000, height: 100 }))).toBe(3);
});
