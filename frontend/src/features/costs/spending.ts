// What was made and spent, and what pictures cost where: asked of the server.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Span } from './span';

/** What was made and spent in a span of days; asked again whenever a job begins or ends. */
export function useSpending({ from, to }: Span, enabled = true) {
  return useQuery({
    queryKey: keys.spending(from, to),
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => unwrap(api.GET('/api/account/spending', { signal, params: { query: { date_from: from, date_to: to } } })),
  });
}

/** What one picture costs, by operation and engine. */
export function usePrices() {
  return useQuery({
    queryKey: keys.prices,
    staleTime: 60 * 60_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/account/prices', { signal })),
  });
}
