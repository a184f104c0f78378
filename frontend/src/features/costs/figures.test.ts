import { describe, expect, test } from 'vitest';
import type { Job, SpendingLine } from '~/api/types';
import { barsOf, byEngine, csvOf, forecast, spentIn, ticksOf, usd } from './figures';
import { daysBetween, endOf, lastYear, spanOf } from './span';
import { byDay } from './statement';

const line = (day: string, provider: string, credits: number, more: Partial<SpendingLine> = {}): SpendingLine => ({ day, provider, operation: 'create', pictures: 1, credits, worth: 0, ...more });
const at = (created_at: string) => ({ created_at }) as Job;
const NOW = new Date('2026-11-23T10:00:00Z');

test('periods begin at their first day and end at their last', () => {
  expect(spanOf('month', NOW)).toEqual({ from: '2026-11-01', to: '2026-11-23' });
  expect(spanOf('quarter', NOW).from).toBe('2026-10-01');
  expect(spanOf('year', NOW).from).toBe('2026-01-01');
  expect(endOf('month', spanOf('month', NOW))).toBe('2026-11-30');
  expect(endOf('quarter', spanOf('quarter', NOW))).toBe('2026-12-31');
  expect(daysBetween(lastYear(NOW).from, '2026-11-23')).toBe(365);
});

describe('bars', () => {
  const span = spanOf('month', NOW);
  const lines = [line('2026-11-01', 'stability', 3), line('2026-11-01', 'gemini', 4), line('2026-11-23', 'local', 0, { pictures: 4, worth: 2 })];

  test('a day holds what each engine took, and what was saved', () => {
    const bars = barsOf(lines, span, '2026-11-30', 1);
    expect(bars).toHaveLength(30);
    expect(bars[0]?.spent).toEqual({ stability: 3, gemini: 4 });
    expect(spentIn(bars[0]!)).toBe(7);
    expect(bars[22]).toMatchObject({ spent: {}, saved: 2, pictures: 4, ahead: false });
    expect(bars[23]?.ahead).toBe(true);
  });

  test('nothing is lost when a bar holds several days', () => {
    const bars = barsOf(lines, span, '2026-11-30', 7);
    expect(bars.map(({ from }) => from)).toEqual(['2026-11-01', '2026-11-08', '2026-11-15', '2026-11-22', '2026-11-29']);
    expect(bars.at(-1)?.to).toBe('2026-11-30');
    expect(bars.reduce((sum, bar) => sum + bar.pictures, 0)).toBe(6);
  });
});

test('engines stand in the order of what they took, and free ones not at all', () => {
  expect(byEngine([line('2026-11-01', 'a', 1), line('2026-11-01', 'b', 2), line('2026-11-02', 'a', 3), line('2026-11-02', 'local', 0)])).toEqual([['a', 4], ['b', 2]]);
});

test('a month that goes on as it began comes to as much', () => {
  expect(forecast(23, spanOf('month', NOW), '2026-11-30')).toBeCloseTo(30);
});

test.each([0, 1, 7, 42, 100, 333, 9999])('an axis for %d ends above it in at most five ticks', (most) => {
  const ticks = ticksOf(most);
  expect(ticks[0]).toBe(0);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
  expect(ticks.length).toBeLessThanOrEqual(5);
});

test('credits are told in dollars', () => {
  expect([usd(0), usd(142), usd(0.3)]).toEqual(['$0.00', '$1.42', '$0.003']);
});

test('the table has a head and one row a line, with words that hold commas in quotes', () => {
  expect(csvOf([line('2026-11-01', 'a,b', 3)])).toBe('day,engine,operation,pictures,spent_usd,worth_elsewhere_usd\r\n2026-11-01,"a,b",create,1,0.03,0');
});

test('jobs of one day stand together', () => {
  expect(byDay([at('2026-11-23T12:00:00'), at('2026-11-23T09:00:00'), at('2026-11-22T12:00:00')]).map(({ day, jobs }) => [day, jobs.length])).toEqual([['2026-11-23', 2], ['2026-11-22', 1]]);
});
