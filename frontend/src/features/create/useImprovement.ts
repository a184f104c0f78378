import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { CreateBody } from '~/api/types';
import { isWorthImproving } from './improvement';

/** What could be said besides in a request's prompt; nothing is asked while there is too little to go by. */
export function useImprovement(request: CreateBody, wanted: boolean) {
  const { num_variations: _pictures, seed: _seed, response_format: _format, ...body } = request;
  return useQuery({
    queryKey: keys.improvement(body),
    enabled: wanted && isWorthImproving(body.prompt),
    staleTime: Infinity,
    // A help that fails is no help; what is wrong with the request is said where its price is asked for.
    retry: false,
    queryFn: ({ signal }) => unwrap(api.POST('/api/image-studio/prompts/improve', { signal, body })),
  });
}
