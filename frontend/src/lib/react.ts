// Small hooks that know nothing of the studio.
import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';

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

/** How wide an element is, in pixels, live; a guess before it is there. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(960);
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** How large an element is, in pixels, live; a guess before it is there. */
export function useExtent(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [extent, setExtent] = useState({ width: 960, height: 720 });
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setExtent({ width: entry.contentRect.width, height: entry.contentRect.height }));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return extent;
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
