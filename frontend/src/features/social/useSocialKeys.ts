import { useEffect, useRef } from 'react';
import { isTyping } from '~/actions/useShortcuts';

interface SocialKeys {
  onZones: () => void;
  /** The format whose frame has the focus is taken off the common point, or put back. */
  onLink: (key: string) => void;
}

/** The page's own letters, while nobody writes: Z for safe zones, L for the link of a frame. */
export function useSocialKeys(keys: SocialKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const letter = event.key.toLowerCase();
      if (letter === 'z') latest.current.onZones();
      const format = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-format]')?.dataset['format'] : undefined;
      if (letter === 'l' && format) latest.current.onLink(format);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
