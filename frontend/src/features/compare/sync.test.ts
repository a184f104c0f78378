import { expect, test } from 'vitest';
import { idsIn, lookOf, nearer, seen, stepped, turned, viewOf, WHOLE } from './sync';

const small = { width: 400, height: 500 };
const large = { width: 1600, height: 2000 };
const box = { width: 300, height: 300 };
const at = { x: 220, y: 120 };

test('the whole of each picture is seen first', () => {
  const { scale, x } = viewOf(WHOLE, large, box);
  expect(scale).toBeCloseTo(0.15);
  expect(x).toBeCloseTo(30);
});

test('an enlargement shows the same part as its original', () => {
  const look = nearer(WHOLE, 4, { picture: small, box, at });
  const [one, other] = [seen(viewOf(look, small, box), small, box), seen(viewOf(look, large, box), large, box)];
  expect(other.left).toBeCloseTo(one.left);
  expect(other.top).toBeCloseTo(one.top);
  expect(other.width).toBeCloseTo(one.width);
});

test('what lies under the pointer stays there', () => {
  const look = nearer({ closer: 3, x: 0.5, y: 0.5 }, 2, { picture: large, box, at });
  const before = viewOf({ closer: 3, x: 0.5, y: 0.5 }, large, box);
  const after = viewOf(look, large, box);
  expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
});

test('a look becomes a view and the same look again', () => {
  const look = { closer: 5, x: 0.4, y: 0.6 };
  const again = lookOf(viewOf(look, large, box), large, box);
  expect(again.closer).toBeCloseTo(5);
  expect(again.x).toBeCloseTo(0.4);
  expect(again.y).toBeCloseTo(0.6);
});

test('further away than whole is whole', () => {
  expect(nearer({ closer: 2, x: 0.1, y: 0.1 }, 0.1, { picture: small, box, at })).toEqual(WHOLE);
});

test('steps are shares of what is seen and end at the edge', () => {
  expect(stepped({ closer: 2, x: 0.5, y: 0.5 }, { x: 0.2, y: 0 }).x).toBeCloseTo(0.6);
  expect(stepped({ closer: 2, x: 0.5, y: 0.5 }, { x: 9, y: -9 })).toMatchObject({ x: 1, y: 0 });
});

test('an address names each picture once, four at most', () => {
  expect(idsIn('a,b,a,,c,d,e')).toEqual(['a', 'b', 'c', 'd']);
  expect(idsIn(undefined)).toEqual([]);
});

test('turning twice is nothing for two', () => {
  expect(turned(['a', 'b'])).toEqual(['b', 'a']);
  expect(turned(['a', 'b', 'c'])).toEqual(['b', 'c', 'a']);
});
