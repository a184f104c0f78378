// Asking for a picture with more pixels.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, idempotencyKey, unwrap } from '~/api/client';
import { asProblem } from '~/api/errors';
import type { UpscaleBody } from '~/api/types';
import { admit, started } from '~/features/jobs/queries';

interface Order {
  body: UpscaleBody;
  key: string;
}

/** A request with a key of its own: sent twice, it is still one job. */
export const order = (body: UpscaleBody): Order => ({ body, key: idempotencyKey() });

/** Starts a job and gives it at once. */
export function useUpscale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: Order) =>
      started(
        await unwrap(api.POST('/api/image-studio/upscale', { body, headers: { Prefer: 'respond-async', 'Idempotency-Key': key } })),
      ),
    retry: (failures, thrown) => failures < 2 && asProblem(thrown).code === 'unreachable',
    onSuccess: (job) => admit(client, job),
  });
}
