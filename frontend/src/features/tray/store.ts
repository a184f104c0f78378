// The tray: pictures picked up in one studio to be used in another. This browser keeps their ids; the pictures are the library's.
import { recall, remember } from '~/lib/persist';
import { store } from '~/lib/store';

const NAME = 'tray';
/** More would be a library of its own. */
const MOST = 24;

const isIds = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');

const tray = store<readonly string[]>(recall(NAME, isIds) ?? []);

function keep(ids: readonly string[]): void {
  tray.set(ids);
  remember(NAME, ids);
}

export const useTray = tray.use;

/** Puts pictures into the tray, the newest last; what is there already stays where it is. */
export const toTray = (...ids: string[]) => keep([...new Set([...tray.get(), ...ids])].slice(-MOST));

export const fromTray = (id: string) => keep(tray.get().filter((each) => each !== id));

export const clearTray = () => keep([]);

/** Puts back what was cleared. */
export const restoreTray = (ids: readonly string[]) => keep(ids);
