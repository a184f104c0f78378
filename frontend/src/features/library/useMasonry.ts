import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import type { Asset } from '~/api/types';
import { useExtent } from '~/lib/react';
import type { LibraryQuery } from './filter';
import { shapeOf } from './grid';
import { anchorOf, blockAt, geometryOf, keepAt, layoutOf, spotOf, spotsBetween, type Anchor, type Layout } from './layout';
import { PAGE, useSparse } from './pages';

const GAP = 10;
/** The page draws again after so many pixels of scrolling, and keeps as many ready below and twice above. */
const BAND = 240;
/** Pages that are only flown over are not asked for. */
const REST_MS = 40;

interface MasonryInput {
  scroller: RefObject<HTMLDivElement | null>;
  query: LibraryQuery;
  total: number;
  /** Stays in place when the lanes change, if it is in view. */
  held: number | undefined;
  /** How wide lanes would like to be, in pixels. */
  wanted: number;
}

/** The layout of a library of any length, and which of it is to be drawn. */
export function useMasonry({ scroller, query, total, held, wanted }: MasonryInput) {
  const { width, height } = useExtent(scroller);
  const band = useBand(scroller);
  const [asked, setAsked] = useState<readonly number[]>([0]);
  const assetsOf = useSparse(query, asked);
  const layout = useMemo(() => {
    const ratiosOf = (page: number) => assetsOf(page)?.map(shapeOf);
    return layoutOf({ total, size: PAGE, ratiosOf }, geometryOf(width, wanted, GAP));
  }, [assetsOf, total, width, wanted]);
  useStillness(scroller, layout, height, held);

  const [from, to] = [(band - 1) * BAND, (band + 1) * BAND + height];
  const [first, last] = [blockAt(layout, from), blockAt(layout, to)];
  useEffect(() => {
    const timer = setTimeout(() => setAsked(Array.from({ length: last - first + 1 }, (_, at) => first + at)), REST_MS);
    return () => clearTimeout(timer);
  }, [first, last]);

  const assetAt = (index: number): Asset | undefined => assetsOf(Math.floor(index / PAGE))?.[index % PAGE];
  return { layout, spots: spotsBetween(layout, from, to), assetAt };
}

/** How far the page is scrolled, in bands, so that it draws again only now and then. */
function useBand(scroller: RefObject<HTMLDivElement | null>): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const element = scroller.current;
      element?.addEventListener('scroll', changed, { passive: true });
      return () => element?.removeEventListener('scroll', changed);
    },
    [scroller],
  );
  return useSyncExternalStore(subscribe, () => Math.floor((scroller.current?.scrollTop ?? 0) / BAND));
}

/** Keeps in place what is looked at while lanes change or pages above it arrive. */
function useStillness(scroller: RefObject<HTMLDivElement | null>, layout: Layout, height: number, held: number | undefined): void {
  const before = useRef<{ layout: Layout; top: number }>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const last = before.current;
    const anchor: Anchor | undefined = last && last.layout !== layout && last.top > 0 ? anchorOf(last.layout, last.top, height, held) : undefined;
    if (anchor && spotOf(layout, anchor.index)) element.scrollTo(0, keepAt(layout, anchor));
    before.current = { layout, top: element.scrollTop };
  }, [scroller, layout, height, held]);
  useEffect(() => {
    const element = scroller.current;
    const note = () => {
      if (before.current && element) before.current.top = element.scrollTop;
    };
    element?.addEventListener('scroll', note, { passive: true });
    return () => element?.removeEventListener('scroll', note);
  }, [scroller]);
}
