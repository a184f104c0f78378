// Days as the server counts them (UTC), and what lies between two of them. Pure.
export interface Span {
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

export const PERIODS = ['month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;
export const isoDay = (at: Date) => at.toISOString().slice(0, 10);
export const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** The present month, quarter or year from its first day until today. */
export function spanOf(period: Period, now: Date): Span {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const first = { month, quarter: month - (month % 3), year: 0 }[period];
  return { from: isoDay(new Date(Date.UTC(year, first, 1))), to: isoDay(now) };
}

/** The last day of the period that a span begins. */
export function endOf(period: Period, { from }: Span): string {
  const begin = dateOf(from);
  const months = { month: 1, quarter: 3, year: 12 }[period];
  return isoDay(new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + months, 0)));
}

/** How many days from one to another, both included. */
export const daysBetween = (from: string, to: string) => Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / DAY_MS) + 1;

/** A year back from today: long enough to know who has done what before. */
export const lastYear = (now: Date): Span => ({ from: isoDay(new Date(now.getTime() - 364 * DAY_MS)), to: isoDay(now) });
