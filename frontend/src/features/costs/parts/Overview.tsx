import { useState } from 'react';
import { currentLanguage, t } from '~/app/i18n';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import type { Spending } from '~/api/types';
import { barsOf, byEngine, forecast, spentIn, usd } from '../figures';
import { dateOf, endOf, PERIODS, spanOf, type Period } from '../span';
import { useSpending } from '../spending';
import { Chart, colourOf } from './Chart';

const DAYS: Record<Period, number> = { month: 1, quarter: 7, year: 14 };

interface OverviewProps {
  period: Period;
  now: Date;
  labelOf: (engine: string) => string;
  onPeriod: (period: Period) => void;
}

/** The answer first, as a sentence; then where it comes from, day by day. */
export function Overview({ period, now, labelOf, onPeriod }: OverviewProps) {
  const span = spanOf(period, now);
  const end = endOf(period, span);
  const { data, error } = useSpending(span);
  const [names] = useState(() => ({ month: t('costs.month'), quarter: t('costs.quarter'), year: t('costs.year') }));
  if (error) return <ProblemBanner problem={error} />;
  if (!data) return <LoadingSkeleton className="h-96" />;
  const bars = barsOf(data.lines, span, end, DAYS[period]);
  const past = bars.filter(({ ahead }) => !ahead);
  const expected = past.reduce((sum, bar) => sum + spentIn(bar) + bar.saved, 0) / Math.max(1, past.length);
  const engines = byEngine(data.lines);
  return (
    <section aria-labelledby="answer">
      <h2 id="answer" className="hero-words tabular-nums">
        {t('costs.answer', { amount: usd(data.credits), period: periodName(period, span.from) })}
      </h2>
      <p className="mt-2 text-title text-muted tabular-nums">
        <Sentence data={data} course={forecast(data.credits, span, end)} />
      </p>
      <div className="mt-6 mb-4 flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="w-56 max-sm:w-full">
          <Segmented label={t('costs.period')} value={period} onChange={onPeriod} options={PERIODS.map((value) => ({ value, text: names[value] }))} />
        </div>
        <Legend engines={engines} worth={data.worth} labelOf={labelOf} />
      </div>
      <Chart bars={bars} engines={engines.map(([engine]) => engine)} labelOf={labelOf} expected={expected} today={span.to} />
    </section>
  );
}

function Sentence({ data, course }: { data: Spending; course: number }) {
  const free = data.lines.reduce((sum, { credits, pictures }) => (credits > 0 ? sum : sum + pictures), 0);
  if (data.pictures === 0) return t('costs.nothing');
  return (
    <>
      {data.credits > 0 && `${t('costs.course', { amount: usd(course) })} `}
      {free > 0 && t('costs.free', { count: free })}
      {data.worth > 0 && (
        <>
          {' '}
          {t('costs.wouldHave')} <b className="font-[620] text-ok">{usd(data.worth)}</b>
          {t('costs.elsewhere')}
        </>
      )}
    </>
  );
}

function Legend({ engines, worth, labelOf }: { engines: readonly [string, number][]; worth: number; labelOf: (engine: string) => string }) {
  return (
    <ul className="ml-auto flex flex-wrap gap-x-5 gap-y-1 text-second tabular-nums max-sm:ml-0">
      {engines.map(([engine, credits], at) => (
        <li key={engine} className="flex items-center gap-2">
          <span aria-hidden className="size-3 rounded-[4px]" style={{ background: colourOf(at) }} />
          {labelOf(engine)} <b className="font-[620]">{usd(credits)}</b>
        </li>
      ))}
      <li className="flex items-center gap-2">
        <svg aria-hidden width={13} height={13}>
          <rect width={13} height={13} rx={4} fill="url(#saved)" />
        </svg>
        {t('costs.saved')} <b className="font-[620] text-ok">{usd(worth)}</b>
      </li>
    </ul>
  );
}

function periodName(period: Period, from: string): string {
  const begin = dateOf(from);
  const tell = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(currentLanguage(), { ...options, timeZone: 'UTC' }).format(begin);
  if (period === 'month') return tell({ month: 'long' });
  if (period === 'year') return tell({ year: 'numeric' });
  return t('costs.quarterOf', { number: Math.floor(begin.getUTCMonth() / 3) + 1, year: begin.getUTCFullYear() });
}
