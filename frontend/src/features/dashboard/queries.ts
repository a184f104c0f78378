// What home shows of the library.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';

const MOST = 16;

/** The pictures touched last. */
export function useRecent() {
  return useQuery({
    queryKey: keys.homeRecent,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/content-assets/', { signal, params: { query: { asset_type: 'image', sort_by: 'updated_at', sort_order: 'desc', limit: MOST } } })),
  });
}

/** The favourite touched last; null where there is none. */
export function useFavourite() {
  return useQuery({
    queryKey: keys.homeFavourite,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/content-assets/', {
          signal,
          params: { query: { asset_type: 'image', favorites_only: true, sort_by: 'updated_at', sort_order: 'desc', limit: 1 } },
        }),
      ),
    select: ({ assets }) => assets[0] ?? null,
  });
}
