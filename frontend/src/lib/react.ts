// Small hooks that know nothing of the studio.
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';

/** What was given last, for handlers that stay the same. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** Whether a media query matches, live. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Room for a panel beside the pictures. */
export const useWide = () => useMedia('(min-width: 1024px)');

/** The value as it was when it last stood still for `ms`. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** The time in milliseconds, renewed each second while `running`. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** Whether the browser has had a moment of rest since the first paint. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    // Safari has no requestIdleCallback.
    const wait = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 200));
    const timer = wait(() => setIdle(true), { timeout: 2000 });
    return () => (globalThis.cancelIdleCallback ?? clearTimeout)(timer);
  }, []);
  return idle;
}

/** How wide an element is inside, in pixels, live; a guess before it is there. */
export const useWidth = (element: RefObject<HTMLElement | null>): number => useExtent(element).width;

/** How large an element is inside, in pixels, live; a guess before it is there. */
export function useExtent(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [extent, setExtent] = useState({ width: 960, height: 720 });
  // Before the first paint: what is laid out by it would jump otherwise.
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const take = (inside: { width: number; height: number }) =>
      // What is hidden has no size; the last one will do.
      setExtent((before) => (inside.width === 0 || (before.width === inside.width && before.height === inside.height) ? before : { width: inside.width, height: inside.height }));
    take(insideOf(element.current));
    const observer = new ResizeObserver(([entry]) => entry && take(entry.contentRect));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return extent;
}

const pixels = (length: string) => Number.parseFloat(length) || 0;

/** An element without its padding, as its observer measures it. */
function insideOf(element: HTMLElement): { width: number; height: number } {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element);
  return {
    width: element.clientWidth - pixels(paddingLeft) - pixels(paddingRight),
    height: element.clientHeight - pixels(paddingTop) - pixels(paddingBottom),
  };
}

/** Which of a scrolled row's first `count` children is seen at its start. */
export function useInView(row: RefObject<HTMLElement | null>, count: number): number {
  const [first, setFirst] = useState(0);
  useEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    const look = () => {
      const step = element.scrollWidth / Math.max(1, count);
      setFirst(Math.min(count - 1, Math.round(element.scrollLeft / step)));
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [row, count]);
  return first;
}
