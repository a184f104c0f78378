import { expect, test } from 'vitest';
import { operations } from '~/test/operations';
import { bodyOf, EMPTY_EDIT, extended, missingOf, sideOf, toShape, type EditForm } from './form';
import { optionsOf } from './options';

const { erase, outpaint, relight, search_recolor: recolour, search_replace: replace, select, general_edit: adjust } = operations;
const form = (change: Partial<EditForm>): EditForm => ({ ...EMPTY_EDIT, ...change });

test('what an operation can not do without is asked for, one thing after the other', () => {
  expect(missingOf(erase, EMPTY_EDIT, false)).toBe('mask');
  expect(missingOf(erase, EMPTY_EDIT, true)).toBeNull();
  expect(missingOf(replace, EMPTY_EDIT, true)).toBe('prompt');
  expect(missingOf(replace, form({ words: { prompt: 'a hat', search_prompt: '  ' } }), false)).toBe('search_prompt');
  expect(missingOf(outpaint, EMPTY_EDIT, false)).toBe('expand_left');
  expect(missingOf(outpaint, form({ sides: { left: 0, right: 0, up: 0, down: 8 } }), false)).toBeNull();
  expect(missingOf(relight, EMPTY_EDIT, false)).toBe('background_image');
  expect(missingOf(relight, form({ options: { light_direction: 'left' } }), false)).toBeNull();
});

test('a request holds what its operation reads and nothing else', () => {
  const all = form({
    words: { prompt: ' teal ', search_prompt: 'a cup', negative_prompt: '' },
    sides: { left: 10, right: 0, up: 0, down: 0 },
    background: 'b1',
    options: { feather: 4, light_direction: null, strength: 0.5 },
  });
  expect(bodyOf('search_recolor', recolour, all, 'a1')).toEqual({
    operation: 'search_recolor',
    image_asset_id: 'a1',
    provider: 'auto',
    response_format: 'url',
    prompt: 'teal',
    options: { feather: 4 },
  });
  expect(bodyOf('outpaint', outpaint, all, 'a1')).toMatchObject({ expand_left: 10, expand_right: 0, prompt: 'teal' });
  expect(bodyOf('relight', relight, all, 'a1')).toMatchObject({ background_image_asset_id: 'b1' });
});

test('settings become the controls that their schemas describe; clicked points do not', () => {
  expect(optionsOf(adjust).map(({ name, kind }) => `${name}: ${kind}`)).toEqual(['grow_mask: number', 'feather: number', 'strength: number']);
  expect(optionsOf(relight).map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
    'light_direction: choice',
    'light_strength: number',
    'keep_background: switch',
  ]);
  expect(optionsOf(relight)[0]).toMatchObject({ values: ['left', 'right', 'above', 'below'], optional: true, fallback: null });
  expect(optionsOf(select).map(({ name }) => name)).toEqual(['what']);
});

test('sides are whole pixels within what is allowed', () => {
  expect([sideOf(-5), sideOf(12.6), sideOf(5000), sideOf(Number.NaN)]).toEqual([0, 13, 2000, 0]);
  expect(extended({ width: 100, height: 50 }, { left: 1, right: 2, up: 3, down: 4 })).toEqual({ width: 103, height: 57 });
});

test('a shape is reached by adding evenly, never by taking away', () => {
  expect(toShape({ width: 1000, height: 1000 }, '16:9')).toEqual({ left: 389, right: 389, up: 0, down: 0 });
  expect(toShape({ width: 1600, height: 900 }, '16:9')).toEqual({ left: 0, right: 0, up: 0, down: 0 });
  expect(toShape({ width: 900, height: 900 }, '4:5')).toMatchObject({ left: 0, up: 113 });
});
