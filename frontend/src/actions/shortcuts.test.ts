import { expect, test } from 'vitest';
import { ACTIONS } from './registry';
import { match } from './useShortcuts';

test('a key that begins a sequence waits for the next', () => {
  expect(match(['g'])).toEqual({ action: undefined, waiting: true });
  expect(match(['g', 'l']).action?.id).toBe('go-library');
  expect(match(['g', 'x'])).toEqual({ action: undefined, waiting: false });
});

test('no two actions share their keys', () => {
  const keys = ACTIONS.map((action) => action.keys.join(' '));
  expect(new Set(keys).size).toBe(keys.length);
});
