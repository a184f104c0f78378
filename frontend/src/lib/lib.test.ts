import { expect, test } from 'vitest';
import { about, bytes, clock, money, when } from './format';
import { glowOf, oklch } from './glow';
import { recall, remember } from './persist';

test('nothing to pay is free, and small prices keep their digits', () => {
  expect(money(0)).toBe('Free');
  expect(money(0.32)).toBe('$0.32');
  expect(money(0.0025)).toBe('$0.0025');
});

test('times read as people say them', () => {
  expect([about(0.3), about(6.2), about(150)]).toEqual(['under 1 s', 'about 6 s', 'about 3 min']);
  expect([clock(4), clock(72.9)]).toEqual(['0:04', '1:12']);
  expect([bytes(4_100_000), bytes(311_000)]).toEqual(['4.1 MB', '311 kB']);
  expect(when('2026-03-05T10:00:00', new Date('2026-11-22T10:00:00'))).toBe('Mar 5');
});

test('colours become OKLCH as its author computes them', () => {
  const white = oklch(1, 1, 1);
  expect(white.l).toBeCloseTo(1, 4);
  expect(white.c).toBeCloseTo(0, 4);
  const red = oklch(1, 0, 0);
  expect([red.l, red.c, (red.h * 180) / Math.PI]).toEqual([expect.closeTo(0.628, 3), expect.closeTo(0.2577, 3), expect.closeTo(29.23, 1)]);
});

test('the loudest picture still gives a quiet light', () => {
  expect(glowOf({ l: 0.63, c: 0.26, h: 0.5 })).toMatch(/^light-dark\(oklch\(0\.9[0-5]\d* 0\.050 .*\), oklch\(0\.2[0-8]\d* 0\.060 .*\)\)$/);
});

const isNumber = (value: unknown): value is number => typeof value === 'number';

test('what was remembered comes back only in its own shape', () => {
  remember('n', 3);
  expect(recall('n', isNumber)).toBe(3);
  localStorage.setItem('n', '{broken');
  expect(recall('n', isNumber)).toBeNull();
});
