import { expect, test } from 'vitest';
import { bodyOf, FIRST_FORM, isComplete, printed, sizeOf, type UpscaleForm } from './form';

const PICTURE = { id: 'a1', width: 600, height: 400 };
const bodyWith = (change: Partial<UpscaleForm>) => bodyOf({ ...FIRST_FORM, ...change }, PICTURE);

test('a size is asked for as the server names it', () => {
  expect(bodyWith({})).toMatchObject({ image_asset_id: 'a1', mode: 'auto', target_width: 1200 });
  expect(Object.keys(bodyWith({ size: 'usual' }) ?? {})).toEqual(['image_asset_id', 'mode', 'output_format', 'response_format']);
  expect(bodyWith({ size: 'print' })).toMatchObject({ preset: 'print' });
  expect(bodyWith({ size: 'own', height: '900' })).toMatchObject({ target_height: 900 });
  expect(bodyWith({ size: 'own', width: ' 900', height: '600' })).toMatchObject({ target_width: 900, target_height: 600 });
});

test('nothing is sent while a size of one’s own lacks a side or is no number', () => {
  expect(bodyWith({ size: 'own' })).toBeNull();
  expect(bodyWith({ size: 'own', width: '12a' })).toBeNull();
  expect(isComplete({ ...FIRST_FORM, size: 'own', width: '0' })).toBe(false);
});

test('the promised size is read from the estimate, and prints at 300 dots an inch', () => {
  const estimate = { resolution: '3508x2339' } as Parameters<typeof sizeOf>[0];
  expect(sizeOf(estimate)).toEqual({ width: 3508, height: 2339 });
  expect(sizeOf(undefined)).toBeUndefined();
  expect(printed({ width: 3508, height: 2480 })).toEqual({ width: 29.7, height: 21 });
});
