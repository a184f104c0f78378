// An order that is not given up for what passes: no answer, a pause, a lost session, too little credit.
import { idempotencyKey } from '~/api/client';
import { whenBack } from '~/api/connection';
import { asProblem, type StudioProblem } from '~/api/errors';
import { whoReturns } from './door';
import { sitOut } from './pause';
import { choose, type Priced } from './short';

export interface Order<Body> {
  body: Body;
  /** The Idempotency-Key: sent twice under it, it is one job. */
  key: string;
}

export const LOCAL = 'local';
/** Longer pauses are told and left to the person, in seconds. */
const LONGEST_PAUSE = 120;
/** Misses while the server does answer others. */
const MISSES = 2;

/** Sends an order, and again when what kept it from being taken has passed; throws what does not pass. */
export async function patiently<Sent extends Order<object>, Answer>(order: Sent, send: (order: Sent) => Promise<Answer>): Promise<Answer> {
  let next = order;
  let misses = 0;
  for (;;) {
    try {
      return await send(next);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === 'unreachable') {
        misses = (await whenBack()) ? 0 : misses + 1;
        if (misses > MISSES) throw thrown;
        continue;
      }
      const way = await wayOn(next, problem);
      if (!way) throw thrown;
      next = way;
    }
  }
}

/** What to send after a problem; null to leave it at that. */
async function wayOn<Sent extends Order<object>>(order: Sent, problem: StudioProblem): Promise<Sent | null> {
  if (problem.status === 401) return (await whoReturns()) ? order : null;
  if (problem.code === 'insufficient-credits') {
    const instead = await choose(problem, order.body);
    return instead && renewed(order, instead);
  }
  if (problem.retryAfter === null || problem.retryAfter > LONGEST_PAUSE || !asksForPause(problem)) return null;
  const way = await sitOut(problem, (order.body as Priced).provider !== LOCAL && problem.code.startsWith('provider-'));
  if (way === 'local') return renewed(order, { provider: LOCAL });
  return way === 'on' ? order : null;
}

/** A changed request is another order. */
const renewed = <Sent extends Order<object>>(order: Sent, part: Priced): Sent => ({ ...order, body: { ...order.body, ...part }, key: idempotencyKey() });

export const asksForPause = ({ status, code }: StudioProblem) => status === 429 || code === 'provider-rate-limited';
