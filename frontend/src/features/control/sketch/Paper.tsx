import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '~/app/i18n';
import { lay, SHEET } from './file';
import { led, type Dot, type Stroke, type Tool } from './strokes';

interface PaperProps {
  strokes: readonly Stroke[];
  tool: Tool;
  /** Across, in pixels of the sheet. */
  width: number;
  onStroke: (stroke: Stroke) => void;
  /** Takes the last stroke back, or brings it again. */
  onBack: (again: boolean) => void;
}

const STEP = 8;
const LARGE_STEP = 48;
const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value: number) => Math.min(SHEET, Math.max(0, value));

/** The sheet itself. A pointer draws; by keys, Space lays the tool down and lifts it, arrows lead it. */
export function Paper({ strokes, tool, width, onStroke, onBack }: PaperProps) {
  const sheet = useRef<HTMLCanvasElement>(null);
  const going = useRef<Stroke | null>(null);
  const [hand, setHand] = useState<Dot | null>(null);

  const show = useCallback((all: readonly Stroke[]) => {
    const pen = sheet.current?.getContext('2d');
    if (pen) lay(pen, all);
  }, []);
  useEffect(() => show(strokes), [show, strokes]);

  const at = (event: { clientX: number; clientY: number }): Dot => {
    const { left, top, width: wide, height: high } = sheet.current!.getBoundingClientRect();
    return { x: ((event.clientX - left) / wide) * SHEET, y: ((event.clientY - top) / high) * SHEET };
  };
  const lead = (dots: readonly Dot[]) => {
    if (!going.current) return;
    going.current = dots.reduce(led, going.current);
    show([...strokes, going.current]);
  };
  const lift = () => {
    if (going.current) onStroke(going.current);
    going.current = null;
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHand(null);
    going.current = { tool, width, dots: [at(event)] };
    lead([at(event)]);
  };
  const move = ({ nativeEvent }: PointerEvent) => {
    if (!going.current) return;
    const all = nativeEvent.getCoalescedEvents?.() ?? [];
    lead((all.length > 0 ? all : [nativeEvent]).map(at));
  };
  const onKey = (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      return onBack(event.shiftKey);
    }
    const now = hand ?? { x: SHEET / 2, y: SHEET / 2 };
    if (event.key === ' ') {
      event.preventDefault();
      if (going.current) return lift();
      setHand(now);
      going.current = { tool, width, dots: [now] };
    }
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const next = { x: within(now.x + way[0] * step), y: within(now.y + way[1] * step) };
    setHand(next);
    lead([next]);
  };
  const leave = () => {
    lift();
    setHand(null);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- this is where keys draw
    <div
      role="application"
      aria-label={t('sketch.sheet')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onKeyDown={onKey}
      onBlur={leave}
      className="@container-size flex min-h-0 flex-1 items-center justify-center rounded-panel"
    >
      <span className="relative block size-[min(100cqw,100cqh)]">
        <canvas
          ref={sheet}
          aria-hidden
          width={SHEET}
          height={SHEET}
          onPointerDown={press}
          onPointerMove={move}
          onPointerUp={lift}
          onPointerCancel={lift}
          className="block size-full cursor-crosshair touch-none rounded-panel border border-line shadow-panel"
        />
        {hand && <span aria-hidden className="pointer-events-none absolute -mt-2 -ml-2 size-4 rounded-full border-2 border-accent" style={{ left: `${(hand.x / SHEET) * 100}%`, top: `${(hand.y / SHEET) * 100}%` }} />}
      </span>
    </div>
  );
}
