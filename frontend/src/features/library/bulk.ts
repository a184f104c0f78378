// One verb for many pictures, and what became of each.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Asset, BulkAnswer, BulkBody } from '~/api/types';
import { save } from '~/lib/save';
import type { Change } from './cache';
import { nameOf } from './name';
import { useOptimistic } from './queries';

export type BulkOrder = Omit<BulkBody, 'asset_ids'> & { assets: readonly Asset[] };

const LEAVING = new Set(['delete', 'restore', 'purge']);

/** What is seen of it at once; what can't be told before the server answers stays. */
function changeOf({ action, assets, tags = [] }: BulkOrder): Change {
  const meant = new Set(assets.map(({ id }) => id));
  const given = tags ?? [];
  return (asset) => {
    if (!meant.has(asset.id)) return asset;
    if (LEAVING.has(action)) return null;
    if (action === 'favorite' || action === 'unfavorite') return { ...asset, is_favorite: action === 'favorite' };
    if (action === 'tag') return { ...asset, tags: [...new Set([...asset.tags, ...given])] };
    if (action === 'untag') return { ...asset, tags: asset.tags.filter((tag) => !given.includes(tag)) };
    return asset;
  };
}

export const useBulk = () =>
  useOptimistic(
    ({ assets, ...body }: BulkOrder) =>
      unwrap(api.POST('/api/content-assets/bulk', { body: { ...body, asset_ids: assets.map(({ id }) => id) } })),
    changeOf,
  );

/** Those that it didn't work for, each with the reason. */
export function refusedOf({ results }: BulkAnswer, assets: readonly Asset[]) {
  return results.flatMap(({ asset_id: id, ok, problem }) => {
    if (ok) return [];
    const asset = assets.find((each) => each.id === id);
    return [{ id, name: asset ? nameOf(asset) : id, thumbnail: asset?.thumbnail_url ?? null, why: problem?.detail || problem?.title || '' }];
  });
}
export type Refused = ReturnType<typeof refusedOf>[number];

/** Packs pictures into a ZIP and hands it over. */
export function useExport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { asset_ids: string[] } | { collection_id: string }) =>
      unwrap(api.POST('/api/content-assets/export', { body, parseAs: 'blob' })),
    onSuccess: (file) => {
      save(file as unknown as Blob, `pictures-${new Date().toISOString().slice(0, 10)}.zip`);
      return client.invalidateQueries({ queryKey: keys.assets });
    },
  });
}
