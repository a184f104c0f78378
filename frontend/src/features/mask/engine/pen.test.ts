import { expect, test } from 'vitest';
import { hold } from '~/features/picture/hand';
import { MaskEngine } from './engine';
import { opaque } from './files';
import { penOf, type PenState } from './pen';

/** A stage of 100 by 100 with a pen over a picture of 200 by 200, shown at half its size. */
function stage(state: Partial<PenState> = {}) {
  const element = document.createElement('div');
  element.setPointerCapture = () => {};
  const engine = new MaskEngine({ width: 200, height: 200 });
  const moved: unknown[] = [];
  const pen = penOf(engine);
  pen.set({ view: { scale: 0.5, x: 0, y: 0 }, tool: 'brush', diameter: 20, onFrame: () => {}, onHover: () => {}, ...state });
  hold(element, { pan: (by) => moved.push(by), zoom: (factor) => moved.push(factor), drawing: () => pen });
  const point = (type: string, x: number, y: number, more: object = {}) =>
    element.dispatchEvent(Object.assign(new Event(type), { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1, ...more }));
  const at = (x: number, y: number) => engine.mask.data[y * 200 + x];
  return { engine, moved, point, at };
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

test('the file of a mask is opaque: white changes, black stays', () => {
  const { engine } = stage();
  engine.begin();
  engine.rectangle({ left: 1, top: 0, right: 2, bottom: 1 }, true);
  engine.commit();
  expect(Array.from(opaque(engine.mask).subarray(0, 12))).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
});
