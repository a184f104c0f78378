import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { clearTray, fromTray, restoreTray, toTray, useTray } from './store';

beforeEach(() => clearTray());

const kept = () => renderHook(() => useTray()).result.current;

test('a picture lies in the tray once, where it was put first', () => {
  toTray('a', 'b');
  toTray('a');
  expect(kept()).toEqual(['a', 'b']);
});

test('what is taken out is gone, and what was cleared can be put back', () => {
  toTray('a', 'b', 'c');
  fromTray('b');
  expect(kept()).toEqual(['a', 'c']);
  clearTray();
  restoreTray(['a', 'c']);
  expect(kept()).toEqual(['a', 'c']);
});

test('the oldest makes room, and this browser remembers the rest', () => {
  toTray(...Array.from({ length: 30 }, (_, index) => `p${index}`));
  expect(kept()).toHaveLength(24);
  expect(kept().at(-1)).toBe('p29');
  expect(localStorage.getItem('tray')).toContain('p29');
});

test('whoever looks sees it change', () => {
  const { result } = renderHook(() => useTray());
  act(() => toTray('a'));
  expect(result.current).toEqual(['a']);
});
