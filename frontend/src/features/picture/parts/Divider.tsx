import { ChevronsLeftRight } from 'lucide-react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '~/app/i18n';

interface DividerProps {
  /** 0..1 between `left` and `right`. */
  value: number;
  /** Where its way begins and ends on the stage, in pixels. */
  left: number;
  right: number;
  onChange: (value: number) => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 };

/** The line between before and after: dragged, or moved by arrow keys. */
export function Divider({ value, left, right, onChange }: DividerProps) {
  const line = useRef<HTMLDivElement>(null);
  const put = (next: number) => onChange(Math.min(1, Math.max(0, next)));
  const drag = (event: PointerEvent) => {
    const stage = line.current?.parentElement?.getBoundingClientRect();
    if (!stage || !event.buttons) return;
    put((event.clientX - stage.left - left) / Math.max(1, right - left));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    put(value + step);
  };
  return (
    <div
      ref={line}
      data-over
      role="slider"
      tabIndex={0}
      aria-label={t('compare.divider')}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-orientation="horizontal"
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
      className="group absolute inset-y-0 -ml-5.5 flex w-11 cursor-ew-resize touch-none justify-center outline-none"
      style={{ left: left + (right - left) * value }}
    >
      <span aria-hidden className="h-full w-0.5 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/25%)]" />
      <span
        aria-hidden
        className="over absolute top-1/2 flex size-10 -translate-y-1/2 items-center justify-center rounded-full shadow-panel group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent"
      >
        <ChevronsLeftRight size={18} />
      </span>
    </div>
  );
}
