import { expect, test } from 'vitest';
import { anchorOf, blockAt, geometryOf, heightOf, keepAt, layoutOf, neighbour, spotOf, spotsBetween } from './layout';

const room = geometryOf(1000, 240, 10);
const shapes = (page: number) => Array.from({ length: 60 }, (_, at) => [0.8, 1, 1.5, 1.78, 0.66, 1.2][(at * 7 + page) % 6]!);
const whole = layoutOf({ total: 600, size: 60, ratiosOf: shapes }, room);
const sparse = layoutOf({ total: 600, size: 60, ratiosOf: (page) => (page === 7 ? shapes(7) : undefined) }, room);

test('no picture covers another, and none leaves the lanes', () => {
  const spots = spotsBetween(whole, 0, heightOf(whole));
  expect(spots).toHaveLength(600);
  for (const column of new Set(spots.map(({ left }) => left))) {
    const lane = spots.filter(({ left }) => left === column).toSorted((a, b) => a.top - b.top);
    lane.slice(1).forEach((spot, at) => expect(spot.top - (lane[at]!.top + lane[at]!.height)).toBeGreaterThan(9.9));
  }
  expect(Math.max(...spots.map(({ left, width }) => left + width))).toBeCloseTo(1000);
});

test('a page of its own shapes stays as it is, whatever is known of the pages before', () => {
  const inside = (layout: typeof whole) => layout.blocks[7]!.cells;
  expect(inside(sparse)).toEqual(inside(whole));
});

test('lanes end flush, so that no hole shows between two pages', () => {
  const [first, second] = [whole.blocks[0]!, whole.tops[1]!];
  const ends = [0, 1, 2, 3].map((column) => Math.max(...first.cells.filter((cell) => cell.column === column).map((cell) => cell.top + cell.height)));
  for (const end of ends) expect(second - end).toBeCloseTo(10);
});

test('what is looked at stays in place while a page above arrives', () => {
  const top = sparse.tops[7]! + 400;
  const anchor = anchorOf(sparse, top, 800)!;
  const moved = keepAt(whole, anchor);
  expect(spotOf(whole, anchor.index)!.top - moved).toBeCloseTo(spotOf(sparse, anchor.index)!.top - top);
  expect(anchorOf(whole, 0, 800, 3)?.index).toBe(3);
});

test('arrows keep to the lane, and to the library', () => {
  const below = neighbour(whole, 2, 'ArrowDown')!;
  expect(spotOf(whole, below)!.left).toBe(spotOf(whole, 2)!.left);
  expect(neighbour(whole, below, 'ArrowUp')).toBe(2);
  expect([neighbour(whole, 0, 'ArrowLeft'), neighbour(whole, 0, 'End'), neighbour(whole, 599, 'ArrowRight')]).toEqual([0, 599, 599]);
  expect(neighbour(whole, 0, 'a')).toBeNull();
});

test('every height lies in a block', () => {
  expect([blockAt(whole, 0), blockAt(whole, whole.tops[3]!), blockAt(whole, 1e9)]).toEqual([0, 3, 9]);
  expect(heightOf(layoutOf({ total: 0, size: 60, ratiosOf: shapes }, room))).toBe(0);
});
