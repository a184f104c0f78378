import { fireEvent, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { prefer } from '~/theme/preferences';
import { PLACES } from './places';
import { ACTIONS, possible, type ActionContext } from './registry';
import { match, useShortcuts } from './useShortcuts';

const context = (change: Partial<ActionContext> = {}): ActionContext => ({
  asset: undefined,
  go: vi.fn(),
  turnTheme: vi.fn(),
  showHelp: vi.fn(),
  showPalette: vi.fn(),
  chooseFile: vi.fn(),
  toTray: vi.fn(),
  ...change,
});

afterEach(() => prefer({ keys: true }));

test('a key that begins a sequence waits for the next', () => {
  expect(match(['g'])).toEqual({ action: undefined, waiting: true });
  expect(match(['g', 'l']).action?.id).toBe('go:/library');
  expect(match(['g', 'x'])).toEqual({ action: undefined, waiting: false });
});

test('no two actions share their keys or their name', () => {
  const keys = ACTIONS.flatMap((action) => (action.keys ? [action.keys.join(' ')] : []));
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
});

test('every place can be gone to by G and a letter', () => {
  expect(PLACES.map(({ key }) => match(['g', key]).action?.id)).toEqual(PLACES.map(({ to }) => `go:${to}`));
});

test('a picture can be sent on only while one is open', () => {
  const sending = (asset?: string) => possible(context({ asset })).filter(({ id }) => id.startsWith('send:'));
  expect(sending()).toEqual([]);
  const open = context({ asset: 'a1' });
  possible(open).find(({ id }) => id === 'send:/social')?.perform(open);
  expect(open.go).toHaveBeenCalledWith('/social', 'a1');
});

test('single keys act where they are wanted, and the palette always', () => {
  const acts = context();
  renderHook(() => useShortcuts(acts));
  fireEvent.keyDown(document.body, { key: '?' });
  expect(acts.showHelp).toHaveBeenCalledOnce();
  prefer({ keys: false });
  fireEvent.keyDown(document.body, { key: '?' });
  expect(acts.showHelp).toHaveBeenCalledOnce();
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  expect(acts.showPalette).toHaveBeenCalledOnce();
});

test('who writes is not interrupted', () => {
  const acts = context();
  renderHook(() => useShortcuts(acts));
  const field = document.body.appendChild(document.createElement('input'));
  fireEvent.keyDown(field, { key: 'g' });
  fireEvent.keyDown(field, { key: 'l' });
  expect(acts.go).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'K', metaKey: true });
  expect(acts.showPalette).toHaveBeenCalledOnce();
  field.remove();
});
