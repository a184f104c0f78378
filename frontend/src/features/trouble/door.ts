// Whether the person was signed out meanwhile, and who waits for them to come back.
import { store } from '~/lib/store';

const lost = store(false);
let waiting: ((back: boolean) => void)[] = [];

export const useLostSession = lost.use;

/** The server no longer knows who asks. */
export const loseSession = () => lost.set(true);

/** The door on top of the work is closed: signed in again or not. */
export function closeDoor(back: boolean): void {
  lost.set(false);
  const told = waiting;
  waiting = [];
  for (const go of told) go(back);
}

/** Waits at the door; false when the person turned away. */
export const whoReturns = () => (lost.get() ? new Promise<boolean>((resolve) => waiting.push(resolve)) : Promise.resolve(false));
