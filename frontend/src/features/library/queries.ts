// The library: what is in it, and what can be done with one asset.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, idempotencyKey, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Asset } from '~/api/types';
import { admit, started } from '~/features/jobs/queries';
import { changeAssets, listed, putBack, type Change } from './cache';

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
    placeholderData: () => listed(client, id),
  });
}

/** Changes what is seen at once, and puts it back if the server says no. */
export function useOptimistic<Order, Answer>(send: (order: Order) => Promise<Answer>, change: (order: Order) => Change) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: (order) => changeAssets(client, change(order)),
    onError: (_, __, before) => putBack(client, before),
    onSettled: () => client.invalidateQueries({ queryKey: keys.assets }),
  });
}

const path = (asset: { id: string }) => ({ params: { path: { asset_id: asset.id } } });
const only =
  (id: string, change: Change): Change =>
  (asset) =>
    asset.id === id ? change(asset) : asset;

export const useTrash = () =>
  useOptimistic(
    (asset: Asset) => unwrap(api.DELETE('/api/content-assets/{asset_id}', path(asset))),
    ({ id }) => only(id, () => null),
  );

export const useFavorite = () =>
  useOptimistic(
    (asset: Asset) => unwrap(api.POST('/api/content-assets/{asset_id}/favorite', path(asset))),
    (asset) => only(asset.id, (each) => ({ ...each, is_favorite: !asset.is_favorite })),
  );

export const useChange = () =>
  useOptimistic(
    ({ id, ...body }: { id: string; title?: string; tags?: string[] }) =>
      unwrap(api.PUT('/api/content-assets/{asset_id}', { ...path({ id }), body })),
    ({ id, ...change }) => only(id, (each) => ({ ...each, ...change })),
  );

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.POST('/api/content-assets/{asset_id}/restore', path({ id }))),
    onSettled: () => client.invalidateQueries({ queryKey: keys.assets }),
  });
}

/** Counts a use of an asset. */
export function useTrack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'download' | 'share' | 'access' }) =>
      unwrap(api.POST('/api/content-assets/{asset_id}/usage', { params: { path: { asset_id: id }, query: { action } } })),
    onSuccess: (_, { id }) => client.invalidateQueries({ queryKey: keys.asset(id) }),
  });
}

/** Deletes for good what lies in the trash. */
export function useEmptyTrash() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/content-assets/trash')),
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
