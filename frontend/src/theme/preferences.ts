// What a person chose about the studio itself, kept in this browser.
import { recall, remember } from '~/lib/persist';
import { store } from '~/lib/store';

interface Preferences {
  /** Whether a single key or two may be a command (WCAG 2.1.4). */
  keys: boolean;
  /** Whether the system may be told of a job that ends while nobody looks. */
  notify: boolean;
}

const NAME = 'preferences';
const isPart = (value: unknown): value is Partial<Preferences> => typeof value === 'object' && value !== null;

const chosen = store<Preferences>({ keys: true, notify: false, ...recall(NAME, isPart) });

export const preferences = chosen.get;
export const usePreferences = chosen.use;

export function prefer(change: Partial<Preferences>): void {
  chosen.set({ ...chosen.get(), ...change });
  remember(NAME, chosen.get());
}
