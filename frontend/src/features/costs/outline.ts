import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { asProblem } from '~/api/errors';
import { keys } from '~/api/keys';

interface Outline {
  count: number;
  /** A quality of new pictures, or an operation on ones that there are. */
  work: string;
  engine: string;
}

const QUALITIES = new Set(['draft', 'standard', 'premium']);

/** What work costs that is only outlined, or why nobody does it. */
export function useOutline({ count, work, engine }: Outline) {
  const made = QUALITIES.has(work);
  const body = { provider: engine, num_images: count, operation: made ? 'generate' : work, quality: (made ? work : 'standard') as 'draft' | 'standard' | 'premium' };
  const { data, error } = useQuery({
    queryKey: keys.outline(body),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => unwrap(api.POST('/api/image-studio/estimate-cost', { signal, body })),
  });
  return { estimate: error ? undefined : data, problem: error ? asProblem(error) : undefined };
}
