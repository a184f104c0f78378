// Light, dark, or as the system is. `shell/theme.js` sets the same attribute before the first paint.
import { useSyncExternalStore } from 'react';
import { remember } from '~/lib/persist';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const root = document.documentElement;
const listeners = new Set<() => void>();

const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);

export function currentTheme(): Theme {
  const { theme } = root.dataset;
  return isTheme(theme) ? theme : 'system';
}

export function setTheme(theme: Theme): void {
  root.dataset['theme'] = theme;
  remember('theme', theme);
  for (const tell of listeners) tell();
}

export function useTheme(): Theme {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, currentTheme);
}

/** To the other side of what is seen now. */
export function turnTheme(): void {
  const dark = currentTheme() === 'dark' || (currentTheme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  setTheme(dark ? 'light' : 'dark');
}
