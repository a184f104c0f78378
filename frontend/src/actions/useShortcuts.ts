import { useEffect, useRef } from 'react';
import { ACTIONS, type Action, type ActionContext } from './registry';

const PATIENCE_MS = 900;

/** Whether a key press is someone writing, or answering a dialog, and so not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input, textarea, select, [contenteditable]') || target.closest('[role=dialog], [role=menu]') !== null;
}

/** The action that a sequence of keys completes, and whether a longer one may still come. */
export function match(pressed: readonly string[]): { action: Action | undefined; waiting: boolean } {
  const begins = ACTIONS.filter(({ keys }) => pressed.every((key, index) => keys[index] === key));
  return { action: begins.find(({ keys }) => keys.length === pressed.length), waiting: begins.length > 0 };
}

/** Listens for the registry's keys while the page is open. */
export function useShortcuts(context: ActionContext): void {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  useEffect(() => {
    let pressed: string[] = [];
    let last = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.timeStamp - last > PATIENCE_MS) pressed = [];
      last = event.timeStamp;
      const longer = match([...pressed, event.key]);
      pressed = longer.waiting ? [...pressed, event.key] : [];
      if (!longer.action) return;
      pressed = [];
      event.preventDefault();
      longer.action.perform(latest.current);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
