// What a picture that failed is tried again with, so that it may work this time.
import type { Problem } from '~/api/types';
import { LOCAL } from './patience';

const ENGINE = /^(no-provider|provider-|outcome-unknown)/;
/** Nothing but other words help. */
const HOPELESS = new Set(['content-refused', 'invalid-request', 'unsupported-operation']);

export type Retry = 'local' | 'same' | null;

/** Another engine where the engine was the trouble, the same again where luck was, nothing where the words were. */
export function retryOf(problem: Problem, engine: string | null | undefined): Retry {
  const code = problem.code ?? '';
  if (HOPELESS.has(code)) return null;
  return ENGINE.test(code) && engine !== LOCAL ? 'local' : 'same';
}
