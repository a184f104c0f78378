// Starting a job: one request with a key of its own, sent twice it is still one job.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { idempotencyKey } from '~/api/client';
import { asProblem } from '~/api/errors';
import type { Job } from '~/api/types';
import { admit, started } from './queries';

interface Order<Body> {
  body: Body;
  key: string;
}

/** What asks for the job at once instead of waiting for its result. */
type StartHeaders = {
  Prefer: 'respond-async';
  'Idempotency-Key': string;
};

/** A request with a key of its own. */
export const order = <Body>(body: Body): Order<Body> => ({ body, key: idempotencyKey() });

/** Starts jobs by `send` and gives each at once; asks again where the server could not be reached. */
export function useStart<Body>(send: (body: Body, headers: StartHeaders) => Promise<Job | { job_id: string }>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: Order<Body>) => started(await send(body, { Prefer: 'respond-async', 'Idempotency-Key': key })),
    retry: (failures, thrown) => failures < 2 && asProblem(thrown).code === 'unreachable',
    onSuccess: (job) => admit(client, job),
  });
}
