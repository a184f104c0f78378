// From what a hand does on the stage to strokes and shapes in the mask. No React.
import type { Drawing, Touch } from '~/features/picture/hand';
import { toPicture, type Point, type View } from '~/features/picture/view';
import type { MaskEngine } from './engine';
import type { Box } from './raster';
import { ellipseIn } from './shapes';

export const TOOLS = ['brush', 'eraser', 'lasso', 'polygon', 'rectangle', 'ellipse', 'point'] as const;
export type Tool = (typeof TOOLS)[number];

/** A shape on its way, in pixels of the picture: an outline that still follows the hand. */
export type Shape = { kind: 'rectangle' | 'ellipse'; box: Box } | { kind: 'path'; points: readonly Point[] };

/** What the pen has to know at each touch. */
export interface PenState {
  view: View;
  tool: Tool;
  /** Of the brush, in pixels of the picture. */
  diameter: number;
  /** 0..1 */
  softness: number;
  /** Whether a pen that is pressed lightly draws thinly. */
  pressure: boolean;
  /** The shape that is being drawn; null when it is done. */
  onShape: (shape: Shape | null) => void;
  /** Where the brush is, in pixels of the stage; null when it is nowhere. */
  onHover: (point: Point | null) => void;
  /** A place was pointed at, in fractions of the picture. */
  onPoint: (point: Point, marks: boolean) => void;
  /** Alt and the right button were dragged by so many pixels of the page. */
  onTune: (by: Point) => void;
}

export interface Pen extends Drawing {
  set: (state: PenState) => void;
  /** Closes the polygon that is open; false where there is none. */
  close: () => boolean;
  /** Lets go of the shape that is open; false where there is none. */
  drop: () => boolean;
  /** Takes the last corner of an open polygon back; false where there is none. */
  back: () => boolean;
}

/** A corner nearer than this to the first one closes a polygon; in pixels of the page. */
const CLOSES = 12;
/** A brush draws again once it moved by this share of its radius: less is not seen, and costs. */
const SPACING = 0.1;

/** The box between two corners, given in any order; of equal sides if it is to be even. */
export function between(one: Point, other: Point, even = false): Box {
  const side = Math.max(Math.abs(other.x - one.x), Math.abs(other.y - one.y));
  const end = even ? { x: one.x + side * Math.sign(other.x - one.x || 1), y: one.y + side * Math.sign(other.y - one.y || 1) } : other;
  return { left: Math.min(one.x, end.x), top: Math.min(one.y, end.y), right: Math.max(one.x, end.x), bottom: Math.max(one.y, end.y) };
}

/** Marks a shape as one step. */
export function marked(engine: MaskEngine, shape: Shape, marks: boolean): void {
  engine.begin();
  if (shape.kind === 'path') engine.path(shape.points, marks);
  else if (shape.kind === 'ellipse') engine.path(ellipseIn(shape.box), marks);
  else engine.rectangle(shape.box, marks);
  engine.commit();
}

/** Draws into an engine as pointers say. */
export function penOf(engine: MaskEngine, initial: PenState): Pen {
  let state = initial;
  let last: Point | null = null;
  let marks = true;
  let stroking = false;
  let tuning: Point | null = null;
  let corner: Point | null = null;
  let line: Point[] = [];

  const place = (point: Point) => toPicture(state.view, point);
  const isPolygon = () => state.tool === 'polygon';
  const show = (points: readonly Point[]) => state.onShape(points.length > 0 ? { kind: 'path', points } : null);
  const finish = (shape: Shape | null) => {
    [corner, line] = [null, []];
    state.onShape(null);
    if (shape) marked(engine, shape, marks);
  };
  const boxed = (touch: Touch, from: Point): Shape => ({ kind: state.tool === 'ellipse' ? 'ellipse' : 'rectangle', box: between(from, place(touch), touch.shift) });
  const stroke = (to: Point, from: Point, { pressure = 1 }: Partial<Touch>) => {
    const radius = (state.diameter / 2) * (state.pressure ? 0.2 + 0.8 * pressure : 1);
    engine.stroke({ from, to, radius, softness: state.softness, marks });
    last = to;
  };
  const follow = (touch: Touch, least: number) => {
    for (const point of touch.since) {
      const at = place(point);
      if (!last || Math.hypot(at.x - last.x, at.y - last.y) > least) stroke(at, last ?? at, touch);
    }
  };
  const near = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y) * state.view.scale < CLOSES;
  /** One more corner; one at the first, or twice at the same place, closes the line. */
  const addCorner = (at: Point) => {
    const [first, latest] = [line[0], line.at(-1)];
    if (first && latest && line.length > 2 && (near(at, first) || near(at, latest))) return finish({ kind: 'path', points: line });
    line = [...line, at];
    return show(line);
  };

  const begin = (touch: Touch) => {
    if (touch.tunes) return void (tuning = touch);
    const at = place(touch);
    if (!isPolygon() || line.length === 0) marks = (state.tool !== 'eraser') !== touch.reverse;
    if (state.tool === 'rectangle' || state.tool === 'ellipse') corner = at;
    else if (state.tool === 'lasso') line = [at];
    else if (state.tool === 'brush' || state.tool === 'eraser') {
      engine.begin();
      stroking = true;
      stroke(at, touch.shift && last ? last : at, touch);
    }
    return undefined;
  };
  const move = (touch: Touch) => {
    if (tuning) {
      state.onTune({ x: touch.x - tuning.x, y: touch.y - tuning.y });
      return void (tuning = touch);
    }
    if (corner) return state.onShape(boxed(touch, corner));
    if (isPolygon()) return show([...line, place(touch)]);
    if (state.tool === 'lasso' && line.length > 0) {
      line.push(...touch.since.map(place));
      return show(line);
    }
    if (stroking) follow(touch, (state.diameter / 2) * SPACING);
    return undefined;
  };
  const end = (touch: Touch) => {
    if (tuning) return void (tuning = null);
    if (corner) return finish(boxed(touch, corner));
    if (isPolygon()) return addCorner(place(touch));
    if (state.tool === 'lasso') return finish(line.length > 2 ? { kind: 'path', points: line } : null);
    if (state.tool === 'point') return state.onPoint(place(touch), marks);
    if (stroking) follow(touch, 0);
    stroking = false;
    return engine.commit();
  };
  const abandon = () => {
    [tuning, stroking] = [null, false];
    if (!isPolygon()) finish(null);
    engine.abandon();
  };
  const hover = (point: Point | null) => {
    state.onHover(point);
    if (point && isPolygon() && line.length > 0) show([...line, place(point)]);
  };
  const set = (next: PenState) => {
    if (next.tool !== state.tool) {
      stroking = false;
      engine.commit();
      finish(null);
    }
    state = next;
  };
  const close = () => {
    const open = isPolygon() && line.length > 2;
    if (open) finish({ kind: 'path', points: line });
    return open;
  };
  const drop = () => {
    const open = line.length > 0 || corner !== null;
    finish(null);
    return open;
  };
  const back = () => {
    const open = isPolygon() && line.length > 0;
    line = line.slice(0, -1);
    if (open) show(line);
    return open;
  };
  return { set, begin, move, end, abandon, hover, undo: () => engine.undo(), close, drop, back };
}
