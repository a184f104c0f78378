// The facade that the library speaks to: the assets of a filter, and what can be done with one.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import type { LibraryQuery } from '~/features/library/filter';
import { assetsBetween, useFirstPage } from '~/features/library/pages';
import { useChange, useFavorite, useRestore, useTrack, useTrash, useUpload } from '~/features/library/queries';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';

export function useContentAssets(query: LibraryQuery) {
  const client = useQueryClient();
  const first = useFirstPage(query);
  const { mutate: favorite } = useFavorite();
  const { mutate: trash } = useTrash();
  const { mutate: restore } = useRestore();
  const { mutate: change } = useChange();
  const { mutate: trackUsage } = useTrack();
  const upload = useUpload();

  /** The assets from one index of the filter to another, both included, at most 500. */
  const getAssets = useCallback((from: number, to: number) => assetsBetween(client, query, from, to), [client, query]);

  const restoreAsset = (asset: Asset) =>
    restore(asset.id, { onSuccess: () => say({ text: t('asset.restored'), image: asset.thumbnail_url }), onError: sayProblem });

  const deleteAsset = (asset: Asset) =>
    trash(asset, {
      onSuccess: () =>
        say({
          text: t('asset.trashed'),
          image: asset.thumbnail_url,
          action: { label: t('action.undo'), perform: () => restore(asset.id, { onError: sayProblem }) },
        }),
      onError: sayProblem,
    });

  const uploadFiles = (files: readonly File[]) =>
    upload.mutate(files, {
      onSuccess: ({ assets, errors }) => {
        if (assets.length > 0) say({ text: t('library.uploaded', { count: assets.length }), image: assets[0]?.thumbnail_url ?? null });
        for (const { filename, detail } of errors) say({ text: [filename, detail].filter(Boolean).join(': '), tone: 'danger' });
      },
      onError: sayProblem,
    });

  return {
    assets: first.data?.assets ?? [],
    total: first.data?.total ?? 0,
    isPending: first.isPending,
    /** What is shown still answers the filter before. */
    isStale: first.isPlaceholderData,
    error: first.error,
    refetch: first.refetch,
    uploading: upload.isPending,
    getAssets,
    toggleFavorite: (asset: Asset) => favorite(asset, { onError: sayProblem }),
    changeAsset: (asset: Asset, to: { title?: string; tags?: string[] }) => change({ id: asset.id, ...to }, { onError: sayProblem }),
    deleteAsset,
    restoreAsset,
    trackUsage: (asset: Pick<Asset, 'id'>, action: 'download' | 'share' | 'access') => trackUsage({ id: asset.id, action }),
    uploadFiles,
  };
}
