// What fingers, pens and mice do on a stage: they draw, drag the view, or pinch it. No React.
import type { Point } from './view';

export interface Touch extends Point {
  /** Everything since the last call, this point last; browsers collect moves between two frames. */
  since: readonly Point[];
  shift: boolean;
  /** The eraser's end of a pen, the right button, or Alt. */
  reverse: boolean;
  /** Alt and the right button: the brush is changed, not used. */
  tunes: boolean;
  /** 0..1, how hard a pen is pressed; 1 for what knows no pressure. */
  pressure: number;
}

export interface Drawing {
  begin: (touch: Touch) => void;
  move: (touch: Touch) => void;
  end: (touch: Touch) => void;
  /** It was no stroke after all: a second finger came. */
  abandon: () => void;
  hover?: (point: Point | null) => void;
  /** Two fingers tapped. */
  undo?: () => void;
}

interface Moves {
  pan: (by: Point) => void;
  /** Fingers that move apart by `factor` around `at`. */
  zoom: (factor: number, at: Point) => void;
  /** Who draws, or null where one pointer drags the view. */
  drawing: () => Drawing | null;
}

interface Finger extends Point {
  kind: string;
}

const RIGHT = 2;
const PEN_ERASER = 32;
const TAP_MS = 350;
const TAP_PIXELS = 12;

/** Listens to the pointers on an element until the returned function is called. */
export function hold(element: HTMLElement, moves: Moves): () => void {
  const down = new Map<number, Finger>();
  let doing: 'nothing' | 'drawing' | 'dragging' = 'nothing';
  let penSeen = false;
  let tap = { since: 0, fingers: 0, moved: 0 };

  const place = (event: { clientX: number; clientY: number }): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const touch = (event: PointerEvent): Touch => {
    const collected = event.getCoalescedEvents?.() ?? [];
    const since = (collected.length > 0 ? collected : [event]).map(place);
    const right = event.button === RIGHT || (event.buttons & RIGHT) !== 0;
    const reverse = event.altKey || right || (event.buttons & PEN_ERASER) !== 0;
    const pressure = event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 1;
    return { ...place(event), since, shift: event.shiftKey, reverse, tunes: event.altKey && right, pressure };
  };
  const penDown = () => [...down.values()].some(({ kind }) => kind === 'pen');
  // A palm on the glass is no brush: once a pen was seen, fingers drag.
  const draws = (event: PointerEvent) => event.button !== 1 && !(penSeen && event.pointerType === 'touch');

  const press = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('[data-over]')) return;
    penSeen ||= event.pointerType === 'pen';
    // Beside a pen that draws, a hand rests; and a pen wins over the hand that came down before it.
    if (event.pointerType === 'touch' && penDown()) return;
    if (event.pointerType === 'pen') down.clear();
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { ...place(event), kind: event.pointerType });
    tap = down.size === 1 ? { since: event.timeStamp, fingers: 1, moved: 0 } : { ...tap, fingers: down.size };
    const drawing = moves.drawing();
    if (down.size > 1) {
      if (doing === 'drawing') drawing?.abandon();
      doing = 'dragging';
    } else if (drawing && draws(event)) {
      doing = 'drawing';
      drawing.begin(touch(event));
    } else doing = 'dragging';
  };
  const drag = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    if (!before) return down.size > 0 ? undefined : moves.drawing()?.hover?.(place(event));
    const now = place(event);
    down.set(event.pointerId, { ...now, kind: before.kind });
    tap.moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (doing === 'drawing') {
      moves.drawing()?.hover?.(now);
      return moves.drawing()?.move(touch(event));
    }
    moves.pan({ x: (now.x - before.x) / down.size, y: (now.y - before.y) / down.size });
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(before, now, other);
    return undefined;
  };
  const pinch = (before: Point, now: Point, other: Point) => {
    const apart = Math.hypot(now.x - other.x, now.y - other.y);
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    if (was > 0) moves.zoom(apart / was, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  };
  const lift = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    if (doing === 'drawing') {
      if (event.type === 'pointercancel') moves.drawing()?.abandon();
      else moves.drawing()?.end(touch(event));
    }
    const tapped = down.size === 0 && tap.fingers === 2 && tap.moved < TAP_PIXELS && event.timeStamp - tap.since < TAP_MS;
    if (tapped) moves.drawing()?.undo?.();
    if (doing === 'drawing' || down.size === 0) doing = 'nothing';
  };
  const leave = () => moves.drawing()?.hover?.(null);
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    moves.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), place(event));
  };

  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', drag, { signal });
  element.addEventListener('pointerup', lift, { signal });
  element.addEventListener('pointercancel', lift, { signal });
  element.addEventListener('pointerleave', leave, { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('contextmenu', (event) => moves.drawing() && event.preventDefault(), { signal });
  return () => stop.abort();
}
