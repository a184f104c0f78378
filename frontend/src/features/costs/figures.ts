// Spending in figures: what a day took, what an engine took, what is to be expected. Pure.
import type { SpendingLine } from '~/api/types';
import { currentLanguage } from '~/app/i18n';
import { dateOf, daysBetween, isoDay, type Span } from './span';

/** 100 credits list at one US dollar. */
const CREDITS = 100;

/** An amount of credits in US dollars, cents at the least; tenths of a cent only where there is nothing else. */
export function usd(credits: number): string {
  const amount = credits / CREDITS;
  const digits = amount > 0 && amount < 0.01 ? 3 : 2;
  return new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: digits }).format(amount);
}

/** What one bar shows: a day, or several. */
export interface Bar {
  from: string;
  to: string;
  /** Credits by engine, only those that took any. */
  spent: Readonly<Record<string, number>>;
  /** Credits that the same pictures are listed at elsewhere. */
  saved: number;
  pictures: number;
  /** Lies ahead. */
  ahead: boolean;
}

const DAY_MS = 86_400_000;

/** The span until `end` in bars of as many days each. */
export function barsOf(lines: readonly SpendingLine[], { from, to }: Span, end: string, days: number): Bar[] {
  const count = Math.ceil(daysBetween(from, end) / days);
  const bars = Array.from({ length: count }, (_, at) => emptyBar(from, end, at * days, days, to));
  for (const line of lines) {
    const bar = bars[Math.floor((daysBetween(from, line.day) - 1) / days)];
    if (!bar) continue;
    bar.pictures += line.pictures;
    bar.saved += line.worth;
    if (line.credits > 0) bar.spent = { ...bar.spent, [line.provider]: (bar.spent[line.provider] ?? 0) + line.credits };
  }
  return bars;
}

function emptyBar(from: string, end: string, offset: number, days: number, today: string): Bar {
  const begin = dateOf(from).getTime() + offset * DAY_MS;
  const first = isoDay(new Date(begin));
  const last = isoDay(new Date(Math.min(begin + (days - 1) * DAY_MS, dateOf(end).getTime())));
  return { from: first, to: last, spent: {}, saved: 0, pictures: 0, ahead: first > today };
}

export const spentIn = ({ spent }: Bar) => Object.values(spent).reduce((sum, amount) => sum + amount, 0);

/** Credits by engine over everything, dearest first. */
export function byEngine(lines: readonly SpendingLine[]): [engine: string, credits: number][] {
  const sums = new Map<string, number>();
  for (const { provider, credits } of lines) if (credits > 0) sums.set(provider, (sums.get(provider) ?? 0) + credits);
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

/** What a span comes to if the rest of its period goes on as it began, in credits. */
export function forecast(credits: number, { from, to }: Span, end: string): number {
  return (credits / daysBetween(from, to)) * daysBetween(from, end);
}

const STEPS = [1, 2, 2.5, 5, 10] as const;
/** An axis ends at no less than this many credits. */
const LOWEST = 4;

/** The ends of an axis that holds `most`: 0 and at most four round steps. */
export function ticksOf(most: number): number[] {
  const rough = Math.max(most, LOWEST) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(Math.max(most, LOWEST) / step) + 1 }, (_, at) => at * step);
}

const cell = (value: string | number) => (/[",\n;]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** The lines as a table that spreadsheets open. Amounts in US dollars. */
export function csvOf(lines: readonly SpendingLine[]): string {
  const rows = lines.map(({ day, provider, operation, pictures, credits, worth }) => [day, provider, operation, pictures, credits / CREDITS, worth / CREDITS]);
  return [['day', 'engine', 'operation', 'pictures', 'spent_usd', 'worth_elsewhere_usd'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}
