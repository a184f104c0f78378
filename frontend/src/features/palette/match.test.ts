import { expect, test } from 'vitest';
import { match, pieces } from './match';

const score = (text: string) => match('boat', text)?.score ?? 0;

test('what begins with the words comes before what only contains them', () => {
  expect(score('Boats at dusk')).toBeGreaterThan(score('Red boats'));
  expect(score('Red boats')).toBeGreaterThan(score('Houseboat'));
  expect(match('boat', 'Harbour')).toBeNull();
});

test('every word has to be found, in whatever order', () => {
  expect(match('dusk boats', 'Boats at dusk')).not.toBeNull();
  expect(match('boats dawn', 'Boats at dusk')).toBeNull();
});

test('the first letters of words are enough', () => {
  expect(match('gtl', 'Go to the library')).not.toBeNull();
  expect(match('glib', 'Go to the library')?.spots).toEqual([[0, 1], [10, 11], [11, 12], [12, 13]]);
  expect(match('oo', 'Go to the library')).toBeNull();
});

test('other words for it find it and mark nothing', () => {
  expect(match('dark', 'Light or night', 'theme dark')).toEqual({ score: 1, spots: [] });
});

test('accents and capitals don’t matter, and places stay right', () => {
  expect(match('vergro', 'Zum Vergrößern')?.spots).toEqual([[4, 10]]);
  expect(match('cafe', 'Un CAFÉ noir')?.spots).toEqual([[3, 7]]);
});

test('nothing typed finds everything', () => {
  expect(match('  ', 'Anything')).toEqual({ score: 0, spots: [] });
});

test('a text is cut where it was meant', () => {
  expect(pieces('Boats at dusk', [[0, 4], [9, 13]])).toEqual([
    { text: 'Boat', meant: true },
    { text: 's at ', meant: false },
    { text: 'dusk', meant: true },
  ]);
});
