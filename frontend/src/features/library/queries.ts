// The library: what is in it, and what can be done with one asset.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { api, idempotencyKey, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Asset, AssetPage } from '~/api/types';
import { admit, started } from '~/features/jobs/queries';

type Pages = InfiniteData<AssetPage, string | undefined>;

export interface AssetFilter {
  search: string;
  favorites: boolean;
}

const PAGE = 60;

export function useAssetPages(filter: AssetFilter) {
  return useInfiniteQuery({
    queryKey: keys.assetPages(filter),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        asset_type: 'image' as const,
        limit: PAGE,
        ...(pageParam && { cursor: pageParam }),
        ...(filter.search && { search: filter.search }),
        ...(filter.favorites && { favorites_only: true }),
      };
      return unwrap(api.GET('/api/content-assets/', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useAsset(id: string | undefined) {
  const client = useQueryClient();
  return useQuery<Asset>({
    queryKey: keys.asset(id ?? ''),
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/content-assets/{asset_id}', { params: { path: { asset_id: id ?? '' } }, signal })),
    placeholderData: () => listed(client.getQueriesData<Pages>({ queryKey: [...keys.assets, 'pages'] }), id),
  });
}

function listed(lists: [unknown, Pages | undefined][], id: string | undefined): Asset | undefined {
  for (const [, pages] of lists) {
    const found = pages?.pages.flatMap((page) => page.assets).find((asset) => asset.id === id);
    if (found) return found;
  }
  return undefined;
}

const patched = (pages: Pages | undefined, change: (assets: Asset[]) => Asset[]): Pages | undefined =>
  pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, assets: change(page.assets) })) };

/** Changes the lists at once and puts them back if the server says no. */
function useOptimistic(send: (asset: Asset) => Promise<unknown>, change: (asset: Asset, assets: Asset[]) => Asset[]) {
  const client = useQueryClient();
  const lists = [...keys.assets, 'pages'];
  return useMutation({
    mutationFn: send,
    onMutate: async (asset) => {
      await client.cancelQueries({ queryKey: keys.assets });
      const before = client.getQueriesData<Pages>({ queryKey: lists });
      client.setQueriesData<Pages>({ queryKey: lists }, (pages) => patched(pages, (assets) => change(asset, assets)));
      return before;
    },
    onError: (_, __, before) => before?.forEach(([key, pages]) => client.setQueryData(key, pages)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.assets }),
  });
}

const path = (asset: { id: string }) => ({ params: { path: { asset_id: asset.id } } });

export const useTrash = () =>
  useOptimistic(
    (asset) => unwrap(api.DELETE('/api/content-assets/{asset_id}', path(asset))),
    (asset, assets) => assets.filter(({ id }) => id !== asset.id),
  );

export const useFavorite = () =>
  useOptimistic(
    (asset) => unwrap(api.POST('/api/content-assets/{asset_id}/favorite', path(asset))),
    (asset, assets) => assets.map((each) => (each.id === asset.id ? { ...each, is_favorite: !asset.is_favorite } : each)),
  );

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.POST('/api/content-assets/{asset_id}/restore', path({ id }))),
    onSettled: () => client.invalidateQueries({ queryKey: keys.assets }),
  });
}

export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (files: readonly File[]) => {
      const form = new FormData();
      for (const file of files) form.append('file', file);
      return unwrap(
        api.POST('/api/content-assets/upload', {
          body: { file: [] },
          bodySerializer: () => form,
        }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.assets }),
  });
}

/** Cuts the subject of a picture out: a job like any other. */
export function useCutOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (assetId: string) =>
      started(
        await unwrap(
          api.POST('/api/image-studio/edit', {
            body: { operation: 'remove_background', image_asset_id: assetId, response_format: 'url' },
            headers: { Prefer: 'respond-async', 'Idempotency-Key': idempotencyKey() },
          }),
        ),
      ),
    onSuccess: (job) => admit(client, job),
  });
}
