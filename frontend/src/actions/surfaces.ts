// Which overlay of the shell is open: one at a time, opened from anywhere.
import { store } from '~/lib/store';

export type Surface = 'palette' | 'help' | 'more';

const open = store<Surface | null>(null);

export const show = (surface: Surface) => open.set(surface);
export const hide = () => open.set(null);
export const useSurface = open.use;
