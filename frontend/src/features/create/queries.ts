// Asking the server for pictures, and before that for their price.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { CreateBody } from '~/api/types';
import { order, useStart } from '~/features/jobs/start';

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

export { order };

/** Starts a job and gives it at once. */
export const useCreate = () => useStart((body: CreateBody, headers) => unwrap(api.POST('/api/image-studio/create', { body, headers })));
