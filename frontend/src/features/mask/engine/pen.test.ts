import { expect, test } from 'vitest';
import { hold } from '~/features/picture/hand';
import { MaskEngine } from './engine';
import { brightness, opaque } from './files';
import { penOf, type PenState } from './pen';

/** A stage of 100 by 100 with a pen over a picture of 200 by 200, shown at half its size. */
function stage(state: Partial<PenState> = {}) {
  const element = document.createElement('div');
  element.setPointerCapture = () => {};
  const engine = new MaskEngine({ width: 200, height: 200 });
  const moved: unknown[] = [];
  const pointed: unknown[] = [];
  const tuned: unknown[] = [];
  const known: PenState = {
    view: { scale: 0.5, x: 0, y: 0 },
    tool: 'brush',
    diameter: 20,
    softness: 0,
    pressure: false,
    onShape: () => {},
    onHover: () => {},
    onPoint: (at, marks) => pointed.push([at, marks]),
    onTune: (by) => tuned.push(by),
    ...state,
  };
  const pen = penOf(engine, known);
  hold(element, { pan: (by) => moved.push(by), zoom: (factor) => moved.push(factor), drawing: () => pen });
  const point = (type: string, x: number, y: number, more: object = {}) =>
    element.dispatchEvent(Object.assign(new Event(type), { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1, ...more }));
  const at = (x: number, y: number) => engine.mask.data[y * 200 + x];
  return { engine, pen, known, moved, pointed, tuned, point, at };
}

test('a stroke on the stage is a stroke in the picture, and one step', () => {
  const { engine, point, at } = stage();
  point('pointerdown', 20, 50);
  point('pointermove', 80, 50);
  point('pointerup', 80, 50);
  expect([at(40, 100), at(100, 100), at(160, 100), at(100, 130)]).toEqual([255, 255, 255, 0]);
  engine.undo();
  expect(engine.empty).toBe(true);
});

test('everything the browser collected between two frames is drawn', () => {
  const { point, at } = stage();
  point('pointerdown', 10, 10);
  point('pointermove', 90, 10, { getCoalescedEvents: () => [{ clientX: 50, clientY: 90 }, { clientX: 90, clientY: 10 }] });
  point('pointerup', 90, 10);
  expect(at(100, 176)).toBe(255);
});

test('a rectangle is marked between its corners, whichever came first', () => {
  const { point, at } = stage({ tool: 'rectangle' });
  point('pointerdown', 60, 60);
  point('pointermove', 20, 20);
  point('pointerup', 20, 20);
  expect([at(40, 40), at(119, 119), at(121, 121), at(39, 39)]).toEqual([255, 255, 0, 0]);
});

test('the eraser, the right button and Alt take marks away', () => {
  const { engine, point, at } = stage();
  engine.invert();
  point('pointerdown', 50, 50, { button: 2, buttons: 2 });
  point('pointerup', 50, 50, { button: 2, buttons: 0 });
  expect(at(100, 100)).toBe(0);
  point('pointerdown', 20, 20, { altKey: true });
  point('pointerup', 20, 20);
  expect(at(40, 40)).toBe(0);
});

test('shift draws straight on from where the last stroke ended', () => {
  const { point, at } = stage();
  point('pointerdown', 10, 10);
  point('pointerup', 10, 10);
  point('pointerdown', 90, 90, { shiftKey: true });
  point('pointerup', 90, 90);
  expect(at(100, 100)).toBe(255);
});

test('a second finger makes it a pinch, and the stroke was none', () => {
  const { engine, moved, point } = stage();
  const finger = { pointerType: 'touch' };
  point('pointerdown', 20, 50, finger);
  point('pointermove', 40, 50, finger);
  point('pointerdown', 80, 50, { ...finger, pointerId: 2 });
  point('pointermove', 20, 50, finger);
  point('pointerup', 20, 50, finger);
  point('pointerup', 80, 50, { ...finger, pointerId: 2 });
  expect(engine.mask.data.some((level) => level > 0)).toBe(false);
  expect(engine.canUndo).toBe(false);
  expect(moved).toContain(1.5);
});

test('once a pen was seen, a palm moves the view and draws nothing', () => {
  const { engine, moved, point } = stage();
  point('pointerdown', 20, 20, { pointerType: 'pen' });
  point('pointerup', 20, 20, { pointerType: 'pen' });
  engine.undo();
  point('pointerdown', 50, 50, { pointerType: 'touch' });
  point('pointermove', 60, 60, { pointerType: 'touch' });
  point('pointerup', 60, 60, { pointerType: 'touch' });
  expect(engine.canUndo).toBe(false);
  expect(moved).toEqual([{ x: 10, y: 10 }]);
});

test('a lasso marks what the hand went around, and Alt takes it away', () => {
  const { engine, point, at } = stage({ tool: 'lasso' });
  const around = (more: object = {}) => {
    point('pointerdown', 10, 10, more);
    for (const [x, y] of [[90, 10], [90, 90], [10, 90]] as const) point('pointermove', x, y, more);
    point('pointerup', 10, 90, more);
  };
  around();
  expect([at(100, 100), at(10, 10)]).toEqual([255, 0]);
  around({ altKey: true });
  expect(engine.empty).toBe(true);
  engine.undo();
  expect(at(100, 100)).toBe(255);
});

test('a polygon is clicked corner by corner, closed by a key or at its first corner, and corners are taken back', () => {
  const { engine, pen, point, at } = stage({ tool: 'polygon' });
  const click = (x: number, y: number) => {
    point('pointerdown', x, y);
    point('pointerup', x, y);
  };
  for (const [x, y] of [[10, 10], [90, 10], [90, 90], [50, 50]] as const) click(x, y);
  expect(pen.back()).toBe(true);
  expect(engine.empty).toBe(true);
  click(12, 11);
  expect([at(150, 60), at(60, 150)]).toEqual([255, 0]);
  for (const [x, y] of [[10, 30], [10, 90], [60, 90]] as const) click(x, y);
  expect(pen.close()).toBe(true);
  expect(at(40, 160)).toBe(255);
  click(20, 20);
  expect(pen.drop()).toBe(true);
  expect([pen.close(), pen.drop(), pen.back()]).toEqual([false, false, false]);
});

test('an ellipse lies between two corners, and Shift makes it round', () => {
  const { point, at } = stage({ tool: 'ellipse' });
  point('pointerdown', 20, 20, { shiftKey: true });
  point('pointerup', 80, 40, { shiftKey: true });
  expect([at(100, 100), at(100, 42), at(100, 158), at(44, 44)]).toEqual([255, 255, 255, 0]);
});

test('a click selects what is there, as a place in the picture', () => {
  const { pointed, point } = stage({ tool: 'point' });
  point('pointerdown', 30, 40);
  point('pointerup', 30, 40);
  point('pointerdown', 30, 40, { button: 2, buttons: 2 });
  point('pointerup', 30, 40, { button: 2, buttons: 0 });
  expect(pointed).toEqual([[{ x: 60, y: 80 }, true], [{ x: 60, y: 80 }, false]]);
});

test('Alt and the right button change the brush and draw nothing', () => {
  const { engine, tuned, point } = stage();
  point('pointerdown', 30, 40, { altKey: true, button: 2, buttons: 2 });
  point('pointermove', 50, 30, { altKey: true, buttons: 2 });
  point('pointerup', 50, 30, { altKey: true, button: 2, buttons: 0 });
  expect(tuned).toEqual([{ x: 20, y: -10 }]);
  expect(engine.canUndo).toBe(false);
});

test('two fingers that tap take the last step back', () => {
  const { engine, point } = stage();
  point('pointerdown', 20, 20);
  point('pointerup', 20, 20);
  const finger = { pointerType: 'touch' };
  point('pointerdown', 30, 50, finger);
  point('pointerdown', 60, 50, { ...finger, pointerId: 2 });
  point('pointerup', 30, 50, finger);
  point('pointerup', 60, 50, { ...finger, pointerId: 2 });
  expect(engine.empty).toBe(true);
  expect(engine.canUndo).toBe(false);
});

test('a hand that rests beside the pen does not disturb it', () => {
  const { moved, point, at } = stage();
  const pen = { pointerType: 'pen', pressure: 0.5 };
  point('pointerdown', 50, 80, { pointerType: 'touch', pointerId: 7 });
  point('pointerdown', 10, 50, pen);
  point('pointermove', 40, 50, pen);
  point('pointerdown', 60, 90, { pointerType: 'touch', pointerId: 8 });
  point('pointermove', 61, 91, { pointerType: 'touch', pointerId: 8 });
  point('pointermove', 90, 50, pen);
  point('pointerup', 90, 50, pen);
  expect([at(40, 100), at(160, 100)]).toEqual([255, 255]);
  expect(moved).toEqual([]);
});

test('a pen that is pressed lightly draws thinly, if it is to', () => {
  const marks = [false, true].map((pressure) => {
    const { point, at } = stage({ pressure, diameter: 40 });
    point('pointerdown', 50, 50, { pointerType: 'pen', pressure: 0.25 });
    point('pointerup', 50, 50, { pointerType: 'pen', pressure: 0 });
    return at(100, 115);
  });
  expect(marks).toEqual([255, 0]);
});

test('a shape that is open is let go when another tool is taken', () => {
  const { engine, pen, known, point } = stage({ tool: 'lasso' });
  point('pointerdown', 10, 10);
  point('pointermove', 90, 10);
  pen.set({ ...known, tool: 'brush' });
  point('pointermove', 90, 90);
  expect(engine.canUndo).toBe(false);
});

test('the brightness of a mask in colours counts, and what is see-through does not', () => {
  expect(Array.from(brightness(Uint8ClampedArray.from([255, 255, 255, 255, 255, 255, 255, 0, 90, 90, 90, 255, 255, 0, 0, 128])))).toEqual([255, 0, 90, 43]);
});

test('the file of a mask is opaque: white changes, black stays', () => {
  const { engine } = stage();
  engine.begin();
  engine.rectangle({ left: 1, top: 0, right: 2, bottom: 1 }, true);
  engine.commit();
  expect(Array.from(opaque(engine.mask).subarray(0, 12))).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
});
