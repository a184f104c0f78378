import { useRef, useState } from 'react';
import { currentLanguage, t } from '~/app/i18n';
import { useWidth } from '~/lib/react';
import { spentIn, ticksOf, usd, type Bar } from '../figures';
import { dateOf } from '../span';

const HEIGHT = 236;
const TOP = 8;
const FOOT = 26;
const AXIS = 52;
/** A forecast lower than this many pixels is not drawn. */
const SEEN = 8;
const PLOT = HEIGHT - TOP - FOOT;

interface ChartProps {
  bars: readonly Bar[];
  /** In the order in which they are stacked and coloured. */
  engines: readonly string[];
  labelOf: (engine: string) => string;
  /** What a bar that lies ahead may come to, in credits. */
  expected: number;
  today: string;
}

export const colourOf = (at: number) => `var(--chart-${(at % 3) + 1})`;

/** Bars of what was spent, stacked by engine, what was saved hatched above, what may come dashed; a table for readers. */
export function Chart({ bars, engines, labelOf, expected, today }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [pointed, setPointed] = useState<Bar | null>(null);
  const ticks = ticksOf(Math.max(expected, ...bars.map((bar) => spentIn(bar) + bar.saved)));
  const top = ticks.at(-1) ?? 1;
  const step = (width - AXIS) / bars.length;
  const y = (credits: number) => TOP + PLOT * (1 - credits / top);
  return (
    <div ref={box} className="relative">
      <svg aria-hidden width={width} height={HEIGHT} className="block overflow-visible tabular-nums" onPointerLeave={() => setPointed(null)}>
        <defs>
          <pattern id="saved" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" fill="var(--ok-soft)" />
            <rect width="2" height="7" fill="var(--ok)" opacity=".38" />
          </pattern>
        </defs>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={0} x2={width - AXIS} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={width - AXIS + 10} y={y(tick) + 4} fontSize={12} fill="var(--muted)">
              {usd(tick)}
            </text>
          </g>
        ))}
        {bars.map((bar, at) => (
          <g key={bar.from} onPointerEnter={() => setPointed(bar)}>
            <rect x={at * step} y={TOP} width={step} height={PLOT} fill="transparent" />
            <Stack bar={bar} engines={engines} x={at * step + step * 0.15} width={Math.max(2, step * 0.7)} y={y} expected={expected} />
          </g>
        ))}
        <Days bars={bars} step={step} today={today} />
      </svg>
      {pointed && !pointed.ahead && <Said bar={pointed} labelOf={labelOf} />}
      <Table bars={bars} engines={engines} labelOf={labelOf} />
    </div>
  );
}

interface StackProps {
  bar: Bar;
  engines: readonly string[];
  x: number;
  width: number;
  y: (credits: number) => number;
  expected: number;
}

function Stack({ bar, engines, x, width, y, expected }: StackProps) {
  if (bar.ahead) {
    if (y(0) - y(expected) < SEEN) return null;
    return <rect x={x} y={y(expected)} width={width} height={y(0) - y(expected)} rx={3} fill="none" stroke="var(--line-strong)" strokeDasharray="3 3" opacity={0.6} />;
  }
  const below = (at: number) => engines.slice(0, at).reduce((sum, engine) => sum + (bar.spent[engine] ?? 0), 0);
  const low = below(engines.length);
  const height = y(low) - y(low + bar.saved);
  return (
    <>
      {engines.map((engine, at) => {
        const [from, to] = [below(at), below(at + 1)];
        return to > from && <rect key={engine} x={x} y={y(to)} width={width} height={Math.max(1.5, y(from) - y(to) - 1)} rx={3} fill={colourOf(at)} />;
      })}
      {bar.saved > 0 && <rect x={x} y={y(low + bar.saved)} width={width} height={Math.max(2, height - (low > 0 ? 1 : 0))} rx={3} fill="url(#saved)" />}
    </>
  );
}

const EVERY_PX = 110;

function Days({ bars, step, today }: { bars: readonly Bar[]; step: number; today: string }) {
  const every = Math.max(1, Math.round(EVERY_PX / step));
  const name = new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const now = bars.findIndex(({ from, to }) => from <= today && today <= to);
  return bars.map(({ from }, at) => {
    const shown = at === now || (at % every === 0 && Math.abs(at - now) * step > 56 && at * step < bars.length * step - 30);
    if (!shown) return null;
    const middle = at * step + step / 2;
    return (
      <text key={from} x={at === 0 ? 0 : middle} y={HEIGHT - 4} fontSize={12} textAnchor={at === 0 ? 'start' : 'middle'} fill={at === now ? 'var(--fg)' : 'var(--muted)'} fontWeight={at === now ? 620 : 450}>
        {at === now ? t('costs.today') : name.format(dateOf(from))}
      </text>
    );
  });
}

/** What the bar under the pointer stands for. */
function Said({ bar, labelOf }: { bar: Bar; labelOf: (engine: string) => string }) {
  const parts = Object.entries(bar.spent).map(([engine, credits]) => `${labelOf(engine)} ${usd(credits)}`);
  return (
    <p className="over pointer-events-none absolute top-0 left-0 rounded-chip px-3 py-1.5 text-caption tabular-nums">
      <b className="font-[620]">{dayName(bar)}</b> {[t('costs.pictures', { count: bar.pictures }), ...parts, t('costs.savedFigure', { amount: usd(bar.saved) })].join(' · ')}
    </p>
  );
}

function dayName({ from, to }: Bar): string {
  const name = new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return from === to ? name.format(dateOf(from)) : name.formatRange(dateOf(from), dateOf(to));
}

function Table({ bars, engines, labelOf }: Pick<ChartProps, 'bars' | 'engines' | 'labelOf'>) {
  return (
    <table className="sr-only">
      <caption>{t('costs.chart')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('costs.day')}</th>
          <th scope="col">{t('costs.picturesHead')}</th>
          {engines.map((engine) => (
            <th key={engine} scope="col">
              {labelOf(engine)}
            </th>
          ))}
          <th scope="col">{t('costs.saved')}</th>
        </tr>
      </thead>
      <tbody>
        {bars
          .filter(({ ahead, pictures }) => !ahead && pictures > 0)
          .map((bar) => (
            <tr key={bar.from}>
              <th scope="row">{dayName(bar)}</th>
              <td>{bar.pictures}</td>
              {engines.map((engine) => (
                <td key={engine}>{usd(bar.spent[engine] ?? 0)}</td>
              ))}
              <td>{usd(bar.saved)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
