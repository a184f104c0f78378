import { describe, expect, test } from 'vitest';
import { rowsOf } from './rows';
import { samples } from './samples';
import { stepsOf } from './steps';

const widths = (items: readonly number[], height: number) => items.reduce((sum, ratio) => sum + ratio * height, 0) + 10 * (items.length - 1);
const line = (operation: string, pictures = 1) => ({ day: '2026-11-23', provider: 'local', operation, pictures, credits: 0, worth: 0 });
const done = (...input: Parameters<typeof stepsOf>) => stepsOf(...input).filter((step) => step.done).map(({ name }) => name);

describe('rows', () => {
  const page = { width: 1000, gap: 10, wanted: 200, most: 3 };

  test('every row is as wide as the page', () => {
    const rows = rowsOf([1.5, 0.8, 1, 1.78, 1.33, 0.56, 3, 1, 1.5, 0.8, 1.2, 1.9, 1], (ratio) => ratio, page);
    expect(rows).toHaveLength(3);
    for (const { items, height } of rows) expect(widths(items, height)).toBeCloseTo(1000);
  });

  test('a few pictures make one row that is not blown up', () => {
    const [row] = rowsOf([1], (ratio) => ratio, page);
    expect(row?.height).toBeLessThanOrEqual(240);
  });

  test('a last row that would be stretched too far is left out, unless there is little else', () => {
    expect(rowsOf([2.5, 2.5, 2.5, 2.5, 1], (ratio) => ratio, page)).toHaveLength(2);
    expect(rowsOf([2.5, 2.5, 1], (ratio) => ratio, page)[1]?.height).toBe(200);
  });
});

describe('first steps', () => {

  test('nothing is done in a new studio', () => expect(done([], false)).toEqual([]));
  test('each ticks by what was really made', () => {
    expect(done([line('create')], false)).toEqual(['make']);
    expect(done([line('create'), line('erase'), line('social')], true)).toEqual(['make', 'fix', 'export', 'engine']);
  });
  test('work that brought no picture ticks nothing', () => expect(done([line('create', 0)], false)).toEqual([]));
});

test('the samples are drawn here, each another design', () => {
  const bodies = samples();
  expect(new Set(bodies.map(({ style_preset: style }) => style)).size).toBe(6);
  expect(bodies.every(({ provider }) => provider === 'local')).toBe(true);
});
