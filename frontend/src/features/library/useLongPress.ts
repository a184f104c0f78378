import { useMemo, useRef, type MouseEvent, type PointerEvent } from 'react';
import { useLatest } from '~/lib/react';

const HOLD_MS = 420;
const SLACK = 10;

interface Touch {
  timer: ReturnType<typeof setTimeout> | undefined;
  x: number;
  y: number;
  held: boolean;
}

/** A finger that rests: `onHold` is told on what. The click that ends it is swallowed: ask `swallowed()` in the click handler. */
export function useLongPress(onHold: (element: HTMLElement) => void) {
  const latest = useLatest(onHold);
  const touch = useRef<Touch>({ timer: undefined, x: 0, y: 0, held: false });
  return useMemo(() => {
    const stop = () => clearTimeout(touch.current.timer);
    const hold = (element: HTMLElement) => {
      touch.current.held = true;
      navigator.vibrate?.(10);
      latest.current(element);
    };
    return {
      swallowed: () => {
        const { held } = touch.current;
        touch.current.held = false;
        return held;
      },
      handlers: {
        onPointerDown: ({ pointerType, clientX: x, clientY: y, currentTarget }: PointerEvent<HTMLElement>) => {
          const timer = pointerType === 'mouse' ? undefined : setTimeout(() => hold(currentTarget), HOLD_MS);
          touch.current = { timer, x, y, held: false };
        },
        onPointerMove: ({ clientX, clientY }: PointerEvent) => {
          if (Math.hypot(clientX - touch.current.x, clientY - touch.current.y) > SLACK) stop();
        },
        onPointerUp: stop,
        onPointerCancel: stop,
        // A phone's own menu for pictures would cover what was just chosen.
        onContextMenu: (event: MouseEvent) => touch.current.timer !== undefined && event.preventDefault(),
      },
    };
  }, [latest]);
}
