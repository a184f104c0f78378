import { useState, type KeyboardEvent } from 'react';
import { t } from '~/app/i18n';
import type { Viewing } from '~/features/picture/useView';
import type { Extent, Point } from '~/features/picture/view';
import type { MaskEngine } from '../engine/engine';
import { between, type Tool } from '../engine/pen';

const WAYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface KeyBrushProps {
  engine: MaskEngine;
  tool: Tool;
  /** In pixels of the picture. */
  diameter: number;
  size: Extent;
  viewing: Viewing;
}

/** Drawing by keys: arrows move a cross, Enter marks there, Shift and arrows draw; a rectangle is two Enters. */
export function KeyBrush({ engine, tool, diameter, size, viewing }: KeyBrushProps) {
  const [at, setAt] = useState<Point>({ x: size.width / 2, y: size.height / 2 });
  const [corner, setCorner] = useState<Point | null>(null);
  const [focused, setFocused] = useState(false);
  const marks = tool !== 'eraser';
  const draw = (from: Point, to: Point) => {
    engine.begin();
    engine.stroke({ from, to, radius: diameter / 2, marks });
    engine.commit();
  };
  const enter = () => {
    if (tool !== 'rectangle') return draw(at, at);
    if (!corner) return setCorner(at);
    engine.begin();
    engine.rectangle(between(corner, at), true);
    engine.commit();
    return setCorner(null);
  };
  const onKey = (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if (way) {
      const step = Math.max(size.width, size.height) * (event.ctrlKey ? 0.002 : 0.02);
      const next = { x: clamp(at.x + way.x * step, size.width), y: clamp(at.y + way.y * step, size.height) };
      if (event.shiftKey && tool !== 'rectangle') draw(at, next);
      setAt(next);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) enter();
    else if (event.key === 'Escape' && corner) setCorner(null);
    else return;
    event.preventDefault();
  };
  const { view } = viewing;
  const frame = corner && between(corner, at);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- this is where keys draw */}
      <div
        role="application"
        aria-label={t('mask.canvas')}
        aria-roledescription={t('mask.canvasRole')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        tabIndex={0}
        onKeyDown={onKey}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="pointer-events-none absolute inset-0 rounded-panel -outline-offset-3"
      />
      {focused && (
        <span aria-hidden className="pointer-events-none absolute -ml-px" style={{ left: at.x * view.scale + view.x, top: at.y * view.scale + view.y }}>
          <span className="absolute -top-3 h-6 w-0.5 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]" />
          <span className="absolute -left-3 h-0.5 w-6 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]" />
        </span>
      )}
      {frame && <Frame viewing={viewing} frame={frame} />}
    </>
  );
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** A rectangle that is not marked yet; in pixels of the picture. */
export function Frame({ viewing, frame }: { viewing: Viewing; frame: ReturnType<typeof between> }) {
  const { scale, x, y } = viewing.view;
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute border-2 border-dashed border-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]"
      style={{
        left: frame.left * scale + x,
        top: frame.top * scale + y,
        width: (frame.right - frame.left) * scale,
        height: (frame.bottom - frame.top) * scale,
      }}
    />
  );
}
