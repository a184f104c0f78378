// Whether the studio answers: every call tells, and while it does not, it is tried again by itself.
import { store } from '~/lib/store';
import { base } from './base';

/** `doubt`: a call got no answer, and it is being found out whether any would. */
export type Reach = 'here' | 'doubt' | 'away';

const reach = store<Reach>('here');
const online = store(globalThis.navigator?.onLine !== false);
/** Between trials, in milliseconds; the last one stays. */
const PAUSES = [500, 1000, 2000, 4000, 8000];

let timer: ReturnType<typeof setTimeout> | undefined;
let trials = 0;
let waiting: (() => void)[] = [];

/** The server answered, whatever it said. */
export function heard(): void {
  clearTimeout(timer);
  trials = 0;
  if (reach.get() !== 'here') reach.set('here');
  const told = waiting;
  waiting = [];
  for (const go of told) go();
}

/** A call got no answer. */
export function missed(): void {
  if (reach.get() !== 'here') return;
  reach.set('doubt');
  void tryNow();
}

/** Asks whether the server is there, now instead of when it would be time. */
export async function tryNow(): Promise<void> {
  clearTimeout(timer);
  const answer = await globalThis.fetch(`${base}/api/health/live`, { cache: 'no-store' }).catch((thrown: unknown) => {
    if (thrown instanceof TypeError) return null;
    throw thrown;
  });
  // A door in front of the server answers for it while it is gone.
  if (answer?.ok) return heard();
  if (reach.get() === 'doubt') reach.set('away');
  clearTimeout(timer);
  timer = setTimeout(() => void tryNow(), PAUSES[Math.min(trials, PAUSES.length - 1)]);
  trials += 1;
}

/** Waits until the server answers; true when it had been gone. */
export async function whenBack(): Promise<boolean> {
  if (reach.get() === 'here') return false;
  await new Promise<void>((resolve) => waiting.push(resolve));
  return true;
}

export const useReach = reach.use;
/** Whether the browser has a network; a studio on this machine answers without one. */
export const useOnline = online.use;

globalThis.addEventListener?.('offline', () => {
  online.set(false);
  missed();
});
globalThis.addEventListener?.('online', () => {
  online.set(true);
  if (reach.get() !== 'here') void tryNow();
});
