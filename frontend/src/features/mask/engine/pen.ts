// From what a hand does on the stage to strokes and rectangles in the mask. No React.
import type { Drawing, Touch } from '~/features/picture/hand';
import { toPicture, type Point, type View } from '~/features/picture/view';
import type { MaskEngine } from './engine';
import type { Box } from './raster';

export const TOOLS = ['brush', 'eraser', 'rectangle'] as const;
export type Tool = (typeof TOOLS)[number];

/** What the pen has to know at each touch. */
export interface PenState {
  view: View;
  tool: Tool;
  /** Of the brush, in pixels of the picture. */
  diameter: number;
  /** A rectangle that is being drawn, in pixels of the picture; null when it is done. */
  onFrame: (frame: Box | null) => void;
  /** Where the brush is, in pixels of the stage; null when it is nowhere. */
  onHover: (point: Point | null) => void;
}

export interface Pen extends Drawing {
  set: (state: PenState) => void;
}

/** The box between two corners, given in any order. */
export const between = (one: Point, other: Point): Box => ({
  left: Math.min(one.x, other.x),
  top: Math.min(one.y, other.y),
  right: Math.max(one.x, other.x),
  bottom: Math.max(one.y, other.y),
});

/** Draws into an engine as pointers say. Shift continues in a straight line from where the last stroke ended. */
export function penOf(engine: MaskEngine): Pen {
  let state: PenState = { view: { scale: 1, x: 0, y: 0 }, tool: 'brush', diameter: 2, onFrame: () => {}, onHover: () => {} };
  let last: Point | null = null;
  let corner: Point | null = null;
  let marks = true;

  const place = (point: Point) => toPicture(state.view, point);
  const stroke = (to: Point, from: Point) => {
    engine.stroke({ from, to, radius: state.diameter / 2, marks });
    last = to;
  };
  const begin = (touch: Touch) => {
    const at = place(touch);
    marks = (state.tool !== 'eraser') !== touch.reverse;
    if (state.tool === 'rectangle') {
      corner = at;
      return;
    }
    engine.begin();
    stroke(at, touch.shift && last ? last : at);
  };
  const move = (touch: Touch) => {
    if (corner) return state.onFrame(between(corner, place(touch)));
    for (const point of touch.since) {
      const at = place(point);
      stroke(at, last ?? at);
    }
    return undefined;
  };
  const end = (touch: Touch) => {
    if (corner) {
      engine.begin();
      engine.rectangle(between(corner, place(touch)), marks);
    }
    corner = null;
    state.onFrame(null);
    engine.commit();
  };
  const abandon = () => {
    corner = null;
    state.onFrame(null);
    engine.abandon();
  };
  const set = (next: PenState) => {
    state = next;
  };
  return { set, begin, move, end, abandon, hover: (point) => state.onHover(point) };
}
