import { clsx } from 'clsx';
import { useCallback, useMemo, useRef, useSyncExternalStore, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { t } from '~/app/i18n';
import { useExtent } from '~/lib/react';
import type { LibraryQuery } from '../filter';
import { anchorOf, heightOf, type Layout } from '../layout';
import { legible, longName, marksOf, monthOf, shortName } from '../months';
import { useMonths } from '../shelf';

interface ScrubberProps {
  query: LibraryQuery;
  total: number;
  layout: Layout;
  scroller: RefObject<HTMLDivElement | null>;
}

/** A short line every 18 pixels, at the outer edge. */
const TICKS = { background: 'repeating-linear-gradient(var(--line-strong) 0 1px, transparent 1px 18px) right / 5px 100% no-repeat' };

/** The library's months at its edge: a press or a drag goes there, the month in view is set in bold. */
export function Scrubber({ query, total, layout, scroller }: ScrubberProps) {
  const track = useRef<HTMLDivElement>(null);
  const { height } = useExtent(track);
  const { data } = useMonths(query);
  const marks = useMemo(
    () => (query.sort_by === 'created_at' ? marksOf(data ?? [], layout, query.sort_order === 'asc') : []),
    [data, layout, query],
  );
  const share = useShare(scroller);
  const size = heightOf(layout);
  const current = monthOf(marks, anchorOf(layout, share * Math.max(0, size - height), height)?.index ?? 0);
  if (size <= height || total === 0) return <div ref={track} className="w-8.5 shrink-0" />;

  const go = (to: number) => {
    const { current: element } = scroller;
    element?.scrollTo(0, to * (element.scrollHeight - element.clientHeight));
  };
  const onPointer = ({ clientY, currentTarget, buttons, pointerId, type }: PointerEvent<HTMLElement>) => {
    if (buttons !== 1) return;
    if (type === 'pointerdown') currentTarget.setPointerCapture(pointerId);
    const { top, height: room } = currentTarget.getBoundingClientRect();
    go(Math.min(1, Math.max(0, (clientY - top) / room)));
  };
  const onKey = (event: KeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(1);
    else if (way === undefined) return;
    else step(way);
    event.preventDefault();
  };
  const step = (way: number) => {
    const next = marks[marks.findIndex(({ month }) => month === current?.month) + way];
    if (next) go(next.top / Math.max(1, size - height));
    else go(share + way * 0.1);
  };
  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label={t('library.months')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={current ? longName(current) : t('library.percent', { percent: Math.round(share * 100) })}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKey}
      style={TICKS}
      className="relative w-8.5 shrink-0 cursor-ns-resize touch-none text-caption text-muted select-none"
    >
      {legible(marks, height).map((mark, at, shown) => (
        <span key={mark.month} className={clsx('absolute right-2.5 leading-4', mark.month === current?.month && 'font-[620] text-fg')} style={{ top: `min(${mark.at * 100}%, 100% - 16px)` }}>
          {shortName(mark, shown[at - 1])}
        </span>
      ))}
      <span aria-hidden className="absolute right-0 h-0.5 w-2 rounded-full bg-accent-fill" style={{ top: `${share * 100}%` }} />
    </div>
  );
}

/** How far the library is scrolled, 0..1, in steps of a thousandth. */
function useShare(scroller: RefObject<HTMLDivElement | null>): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const element = scroller.current;
      element?.addEventListener('scroll', changed, { passive: true });
      return () => element?.removeEventListener('scroll', changed);
    },
    [scroller],
  );
  return useSyncExternalStore(subscribe, () => {
    const { scrollTop = 0, scrollHeight = 1, clientHeight = 0 } = scroller.current ?? {};
    return Math.round((scrollTop / Math.max(1, scrollHeight - clientHeight)) * 1000) / 1000;
  });
}
