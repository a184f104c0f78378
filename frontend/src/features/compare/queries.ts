// The pictures that are compared, each as the library knows it.
import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';

/** In the order of their ids; a picture that is gone is undefined in its place. */
export function useCompared(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.asset(id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(api.GET('/api/content-assets/{asset_id}', { params: { path: { asset_id: id } }, signal })),
    })),
    combine: (answers) => ({
      assets: answers.map(({ data }) => data),
      pending: answers.some(({ isPending }) => isPending),
    }),
  });
}
