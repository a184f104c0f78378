import { expect, test } from 'vitest';
import { draw, drawn, EMPTY, led, redo, undo, type Stroke } from './strokes';

const stroke = (change: Partial<Stroke> = {}): Stroke => ({ tool: 'pencil', width: 6, dots: [{ x: 0, y: 0 }], ...change });

test('what was taken back comes again, until something new is drawn', () => {
  const [one, two] = [stroke(), stroke({ width: 9 })];
  const both = drawn(drawn(EMPTY, one), two);
  expect(undo(both)).toEqual({ strokes: [one], undone: [two] });
  expect(redo(undo(both))).toEqual(both);
  expect(redo(drawn(undo(both), one))).toEqual({ strokes: [one, one], undone: [] });
  expect(undo(EMPTY)).toEqual(EMPTY);
});

test('a line has two ends wherever it was led, a pencil keeps its way', () => {
  const way = [{ x: 3, y: 4 }, { x: 9, y: 9 }];
  expect(way.reduce(led, stroke({ tool: 'line' })).dots).toEqual([{ x: 0, y: 0 }, { x: 9, y: 9 }]);
  expect(way.reduce(led, stroke()).dots).toHaveLength(3);
});

test('a stroke is drawn in ink, and rubbed out in the colour of the paper', () => {
  const said: string[] = [];
  const note = (name: string) => (...at: unknown[]) => void said.push(`${name} ${at.join(' ')}`);
  const pen = { beginPath: note('begin'), moveTo: note('move'), lineTo: note('line'), quadraticCurveTo: note('curve'), ellipse: note('ellipse'), stroke: note('stroke'), lineWidth: 0, lineCap: 'butt' as CanvasLineCap, lineJoin: 'miter' as CanvasLineJoin, strokeStyle: '' } satisfies Parameters<typeof draw>[0];
  draw(pen, stroke({ tool: 'eraser', dots: [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 8, y: 4 }] }), { ink: 'black', paper: 'white' });
  expect(pen.strokeStyle).toBe('white');
  expect(said).toEqual(['begin ', 'move 0 0', 'curve 4 0 6 2', 'line 8 4', 'stroke ']);
});
