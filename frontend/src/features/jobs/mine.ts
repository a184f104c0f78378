// Which jobs were started in this browser: of those it tells when they end. Programs and colleagues start others.
import { recall, remember } from '~/lib/persist';

const NAME = 'my-jobs';
const MOST = 40;

const isIds = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Their ids, the latest last. */
export const startedHere = () => recall(NAME, isIds) ?? [];

export const isMine = (id: string) => startedHere().includes(id);

export const makeMine = (id: string) => remember(NAME, [...startedHere().filter((each) => each !== id), id].slice(-MOST));
