import { useEffect, useState, type KeyboardEvent } from 'react';
import { t } from '~/app/i18n';
import type { Viewing } from '~/features/picture/useView';
import type { Extent, Point } from '~/features/picture/view';
import type { MaskEngine } from '../engine/engine';
import { marked, type Shape, type Tool } from '../engine/pen';

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
  softness: number;
  size: Extent;
  viewing: Viewing;
  onShape: (shape: Shape | null) => void;
  onPoint: (point: Point, marks: boolean) => void;
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
const ROLES = {
  brush: 'mask.role.brush',
  eraser: 'mask.role.brush',
  lasso: 'mask.role.path',
  polygon: 'mask.role.path',
  rectangle: 'mask.role.box',
  ellipse: 'mask.role.box',
  point: 'mask.role.point',
} as const;

/** Marking by keys: arrows move, Enter marks, Alt and Enter take away. What Shift and arrows do depends on the tool. */
export function KeyBrush({ engine, tool, diameter, softness, size, viewing, onShape, onPoint }: KeyBrushProps) {
  const [at, setAt] = useState<Point>({ x: size.width / 2, y: size.height / 2 });
  const [extent, setExtent] = useState<Extent>({ width: size.width / 4, height: size.height / 4 });
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const [focused, setFocused] = useState(false);
  const boxed = tool === 'rectangle' || tool === 'ellipse';
  const pathed = tool === 'lasso' || tool === 'polygon';
  const shape = shapeOf(tool, at, extent, corners);
  const shown = focused && (boxed || (pathed && corners.length > 0)) ? JSON.stringify(shape) : null;
  useEffect(() => {
    if (shown === null) return undefined;
    onShape(JSON.parse(shown) as Shape);
    return () => onShape(null);
  }, [shown, onShape]);

  const draw = (from: Point, to: Point, marks: boolean) => {
    engine.begin();
    engine.stroke({ from, to, radius: diameter / 2, softness, marks: marks && tool !== 'eraser' });
    engine.commit();
  };
  const enter = (marks: boolean) => {
    if (boxed) return marked(engine, shape, marks);
    if (tool === 'point') return onPoint({ x: at.x / size.width, y: at.y / size.height }, marks);
    if (!pathed) return draw(at, at, marks);
    const closes = corners.length > 2 && corners.some((corner) => corner === corners[0] && near(corner, at, size));
    if (!closes) return setCorners([...corners, at]);
    marked(engine, { kind: 'path', points: corners }, marks);
    return setCorners([]);
  };
  const move = (way: Point, { ctrlKey, shiftKey }: KeyboardEvent) => {
    const step = Math.max(size.width, size.height) * (ctrlKey ? 0.002 : 0.02);
    if (shiftKey && boxed) {
      return setExtent({ width: clamp(extent.width + way.x * step, 1, size.width), height: clamp(extent.height + way.y * step, 1, size.height) });
    }
    const next = { x: clamp(at.x + way.x * step, 0, size.width), y: clamp(at.y + way.y * step, 0, size.height) };
    if (shiftKey && !pathed && tool !== 'point') draw(at, next, true);
    return setAt(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if (way) move(way, event);
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) enter(!event.altKey);
    else if (event.key === 'Escape' && corners.length > 0) setCorners([]);
    else if (event.key === 'Backspace' && corners.length > 0) setCorners(corners.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- this is where keys draw */}
      <div
        role="application"
        aria-label={t('mask.canvas')}
        aria-roledescription={t(ROLES[tool])}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        tabIndex={0}
        onKeyDown={onKey}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="pointer-events-none absolute inset-0 rounded-panel -outline-offset-3"
      />
      {focused && <Cross at={at} viewing={viewing} />}
    </>
  );
}

const near = (one: Point, other: Point, { width }: Extent) => Math.hypot(one.x - other.x, one.y - other.y) < width * 0.015;

function shapeOf(tool: Tool, at: Point, { width, height }: Extent, corners: readonly Point[]): Shape {
  if (tool !== 'rectangle' && tool !== 'ellipse') return { kind: 'path', points: [...corners, at] };
  return { kind: tool, box: { left: at.x - width / 2, top: at.y - height / 2, right: at.x + width / 2, bottom: at.y + height / 2 } };
}

function Cross({ at, viewing: { view } }: { at: Point; viewing: Viewing }) {
  return (
    <span aria-hidden className="pointer-events-none absolute -ml-px" style={{ left: at.x * view.scale + view.x, top: at.y * view.scale + view.y }}>
      <span className="absolute -top-3 h-6 w-0.5 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]" />
      <span className="absolute -left-3 h-0.5 w-6 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]" />
    </span>
  );
}
