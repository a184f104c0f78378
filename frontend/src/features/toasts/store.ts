// What just happened, said at the bottom for a while.
import { useSyncExternalStore } from 'react';

export interface ToastAction {
  label: string;
  perform: () => void;
}

export interface ToastMessage {
  id: number;
  text: string;
  tone: 'plain' | 'danger';
  image?: string | null;
  action?: ToastAction;
  /** Milliseconds on the screen. */
  stay: number;
}

let toasts: readonly ToastMessage[] = [];
let next = 1;
const listeners = new Set<() => void>();

function replace(with_: readonly ToastMessage[]): void {
  toasts = with_;
  for (const tell of listeners) tell();
}

type Told = Pick<ToastMessage, 'text'> & Partial<Omit<ToastMessage, 'id' | 'text'>>;

/** Says something; ten seconds when there is something to undo or open. At most three stand at a time. */
export function say(told: Told): void {
  const toast = { tone: 'plain' as const, stay: told.action ? 10_000 : 5000, ...told, id: next++ };
  replace([...toasts, toast].slice(-3));
}

export const dismiss = (id: number) => replace(toasts.filter((toast) => toast.id !== id));

export function useToasts(): readonly ToastMessage[] {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => toasts,
  );
}
