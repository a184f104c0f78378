// What a request would cost, asked of the server with the very body that would be sent.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { asProblem, type StudioProblem } from '~/api/errors';
import { keys } from '~/api/keys';
import type { Estimate } from '~/api/types';

export interface Quote {
  estimate: Estimate | undefined;
  /** Why the server would refuse the request, or could not be asked. */
  problem: StudioProblem | undefined;
}

interface QuoteOptions {
  /** Shows the last answer until the next one is there: for a button, not for a row of a table. */
  steady?: boolean;
}

/** The price, the time and the engine for a request, or why it can't be done; nothing while there is no request. */
export function useQuote(request: object | null, { steady = false }: QuoteOptions = {}): Quote {
  const query = useQuery({
    queryKey: keys.quote(request),
    enabled: request !== null,
    staleTime: 60_000,
    // An answer that nobody can do it (503) is an answer.
    retry: (failures, thrown) => failures < 2 && asProblem(thrown).code === 'unreachable',
    ...(steady && { placeholderData: keepPreviousData }),
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/image-studio/estimate-cost', {
          signal,
          body: { provider: 'auto', num_images: 1, quality: 'standard', request: { ...request } },
        }),
      ),
  });
  const problem = query.error ? asProblem(query.error) : undefined;
  return { estimate: problem || request === null ? undefined : query.data, problem };
}
