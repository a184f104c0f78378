// A drawing as the strokes it is made of; going back forgets nothing until something new is drawn. Pure but for the pen.

export interface Dot {
  x: number;
  y: number;
}

export type Tool = 'pencil' | 'eraser' | 'line' | 'ellipse';
export const TOOLS = ['pencil', 'eraser', 'line', 'ellipse'] as const satisfies readonly Tool[];

export interface Stroke {
  tool: Tool;
  /** Across, in pixels of the drawing. */
  width: number;
  dots: readonly Dot[];
}

export interface Drawing {
  strokes: readonly Stroke[];
  /** What was taken back, the last first. */
  undone: readonly Stroke[];
}

export const EMPTY: Drawing = { strokes: [], undone: [] };

export const drawn = ({ strokes }: Drawing, stroke: Stroke): Drawing => ({ strokes: [...strokes, stroke], undone: [] });

export function undo({ strokes, undone }: Drawing): Drawing {
  const last = strokes.at(-1);
  return last ? { strokes: strokes.slice(0, -1), undone: [last, ...undone] } : { strokes, undone };
}

export function redo({ strokes, undone }: Drawing): Drawing {
  const [next, ...rest] = undone;
  return next ? { strokes: [...strokes, next], undone: rest } : { strokes, undone };
}

/** A stroke led on to a place: a line and an ellipse keep only their ends. */
export function led(stroke: Stroke, dot: Dot): Stroke {
  const free = stroke.tool === 'pencil' || stroke.tool === 'eraser';
  return { ...stroke, dots: free ? [...stroke.dots, dot] : [stroke.dots[0] ?? dot, dot] };
}

type Pen = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'ellipse' | 'stroke'> & {
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  strokeStyle: string | CanvasGradient | CanvasPattern;
};

/** Draws a stroke, its corners rounded through the middles between its dots. */
export function draw(pen: Pen, { tool, width, dots }: Stroke, { ink, paper }: { ink: string; paper: string }): void {
  const [first] = dots;
  const last = dots.at(-1);
  if (!first || !last) return;
  pen.lineWidth = width;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.strokeStyle = tool === 'eraser' ? paper : ink;
  pen.beginPath();
  if (tool === 'ellipse') {
    pen.ellipse((first.x + last.x) / 2, (first.y + last.y) / 2, Math.abs(last.x - first.x) / 2, Math.abs(last.y - first.y) / 2, 0, 0, 2 * Math.PI);
  } else {
    pen.moveTo(first.x, first.y);
    for (const [index, dot] of dots.entries()) {
      const next = dots[index + 1];
      if (index > 0 && next) pen.quadraticCurveTo(dot.x, dot.y, (dot.x + next.x) / 2, (dot.y + next.y) / 2);
    }
    pen.lineTo(last.x, last.y);
  }
  pen.stroke();
}
