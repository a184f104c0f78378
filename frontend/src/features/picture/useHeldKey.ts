import { useEffect } from 'react';
import { isTyping } from '~/actions/useShortcuts';

/** Whether a letter is held down, while nobody writes. */
export function useHeldKey(letter: string, onHold: (held: boolean) => void): void {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== letter || event.ctrlKey || event.metaKey || event.repeat || isTyping(event.target)) return;
      onHold(true);
    };
    addEventListener('keydown', press, { signal });
    addEventListener('keyup', (event) => event.key.toLowerCase() === letter && onHold(false), { signal });
    addEventListener('blur', () => onHold(false), { signal });
    return () => stop.abort();
  }, [letter, onHold]);
}
