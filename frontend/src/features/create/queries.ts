// Asking the server for pictures, and before that for their price.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, idempotencyKey, unwrap } from '~/api/client';
import { asProblem } from '~/api/errors';
import { keys } from '~/api/keys';
import type { CreateBody } from '~/api/types';
import { admit, started } from '~/features/jobs/queries';

/** The price, the time and the engine for exactly this request; before there is a prompt, for its outline. */
export function useEstimate(request: CreateBody) {
  return useQuery({
    queryKey: keys.estimate(request),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/image-studio/estimate-cost', {
          signal,
          body: {
            provider: request.provider ?? 'auto',
            num_images: request.num_variations ?? 1,
            quality: request.quality ?? 'standard',
            ...(request.prompt && { request: { ...request } }),
          },
        }),
      ),
  });
}

interface Order {
  body: CreateBody;
  key: string;
}

/** A request with a key of its own: sent twice, it is still one job. */
export const order = (body: CreateBody): Order => ({ body, key: idempotencyKey() });

/** Starts a job and gives it at once. */
export function useCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: Order) =>
      started(
        await unwrap(
          api.POST('/api/image-studio/create', { body, headers: { Prefer: 'respond-async', 'Idempotency-Key': key } }),
        ),
      ),
    retry: (failures, thrown) => failures < 2 && asProblem(thrown).code === 'unreachable',
    onSuccess: (job) => admit(client, job),
  });
}
