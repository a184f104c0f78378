// Starting a job: one request with a key of its own, sent twice it is still one job.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { idempotencyKey } from '~/api/client';
import type { Job } from '~/api/types';
import { patiently, type Order } from '~/features/trouble/patience';
import { admit, started } from './queries';

/** What asks for the job at once instead of waiting for its result. */
type StartHeaders = {
  Prefer: 'respond-async';
  'Idempotency-Key': string;
};

/** A request with a key of its own. */
export const order = <Body>(body: Body): Order<Body> => ({ body, key: idempotencyKey() });

/** Starts jobs by `send` and gives each at once; what passes by itself is waited for. */
export function useStart<Body extends object, Sent extends Order<Body> = Order<Body>>(
  send: (body: Body, headers: StartHeaders, order: Sent) => Promise<Job | { job_id: string }>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (first: Sent) =>
      started(await patiently(first, (now) => send(now.body, { Prefer: 'respond-async', 'Idempotency-Key': now.key }, now))),
    onSuccess: (job) => admit(client, job),
  });
}
