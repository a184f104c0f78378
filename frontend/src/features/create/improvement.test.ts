import { expect, test } from 'vitest';
import { insertionIn, isWorthImproving } from './improvement';
import { compared, toggled } from './picked';
import { FEW, fewWith, STYLES } from './styles';

const answer = (prompt: string, ...texts: string[]) => ({
  prompt,
  additions: texts.map((text) => ({ text, reason: 'because' })),
  note: '',
  provider: 'local',
  model: 'compose',
});

test('an insertion is what comes after the own words', () => {
  expect(insertionIn(' A boat ', answer('A boat, low warm sun', 'low warm sun'))?.text).toBe(', low warm sun');
});

test('an answer for other words, or one that adds nothing, is no insertion', () => {
  expect(insertionIn('A ship', answer('A boat, low warm sun', 'low warm sun'))).toBeNull();
  expect(insertionIn('A boat', answer('A boat'))).toBeNull();
  expect(insertionIn('A boat, low warm', answer('A boat, low warm sun', 'low warm sun'))).toBeNull();
  expect(insertionIn('', answer('low warm sun', 'low warm sun'))).toBeNull();
});

test('one word is too little to go by', () => {
  expect(isWorthImproving('boat')).toBe(false);
  expect(isWorthImproving('a boat')).toBe(true);
});

test('of more than four picks the oldest goes', () => {
  expect(toggled(['a', 'b', 'c', 'd'], 'e')).toEqual(['b', 'c', 'd', 'e']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});

test('one picture is compared with its neighbours, picks with each other', () => {
  expect(compared([], 'b', ['a', 'b', 'c', 'd', 'e'])).toEqual(['b', 'a', 'c', 'd']);
  expect(compared(['a', 'c'], 'b', ['a', 'b', 'c'])).toEqual(['a', 'c']);
});

test('the chosen style is among the few that are shown', () => {
  expect(fewWith('')).toEqual(STYLES.slice(0, FEW));
  expect(fewWith('quote')).toContain('quote');
  expect(fewWith('quote')).toHaveLength(FEW);
});
