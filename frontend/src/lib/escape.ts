import type { KeyboardEvent } from 'react';

/** Closes what has the focus, also while a toast is shown: that is the topmost layer to Radix, and would take the key. */
export const onEscape = (close: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  close();
};
