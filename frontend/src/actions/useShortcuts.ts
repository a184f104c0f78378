import { useEffect, useRef } from 'react';
import { preferences } from '~/theme/preferences';
import { ACTIONS, type Action, type ActionContext } from './registry';

const PATIENCE_MS = 900;

/** Whether a key press is someone writing, or answering a dialog, and so not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input, textarea, select, [contenteditable]') || target.closest('[role=dialog], [role=menu]') !== null;
}

/** The action that a sequence of keys completes, and whether a longer one may still come. */
export function match(pressed: readonly string[]): { action: Action | undefined; waiting: boolean } {
  const begins = ACTIONS.filter(({ keys }) => keys && pressed.every((key, index) => keys[index] === key));
  return { action: begins.find(({ keys }) => keys?.length === pressed.length), waiting: begins.length > 0 };
}

/** Ctrl+K, or Cmd+K: works while writing, too. */
const callsPalette = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';

/** Listens for the registry's keys while the page is open; single keys only where the person wants them. */
export function useShortcuts(context: ActionContext): void {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  useEffect(() => {
    let pressed: string[] = [];
    let last = 0;
    const onKey = (event: KeyboardEvent) => {
      if (callsPalette(event)) {
        event.preventDefault();
        return latest.current.showPalette();
      }
      if (!preferences().keys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined;
      if (event.timeStamp - last > PATIENCE_MS) pressed = [];
      last = event.timeStamp;
      const longer = match([...pressed, event.key]);
      pressed = longer.waiting ? [...pressed, event.key] : [];
      if (!longer.action) return undefined;
      pressed = [];
      event.preventDefault();
      return longer.action.perform(latest.current);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
