// The facade that the library speaks to: the assets of a filter, and the verbs.
import { useCallback } from 'react';
import { asProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useAssetPages, useFavorite, useRestore, useTrash, useUpload, type AssetFilter } from '~/features/library/queries';
import { say } from '~/features/toasts/store';

const sayProblem = (thrown: unknown) => {
  const problem = asProblem(thrown);
  say({ text: [titleOf(problem), problem.detail].filter(Boolean).join('. '), tone: 'danger' });
};

export function useContentAssets(filter: AssetFilter) {
  const pages = useAssetPages(filter);
  const { mutate: favorite } = useFavorite();
  const { mutate: trash } = useTrash();
  const { mutate: restore } = useRestore();
  const upload = useUpload();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;

  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

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
    assets: pages.data?.pages.flatMap((page) => page.assets) ?? [],
    total: pages.data?.pages[0]?.total ?? 0,
    isPending: pages.isPending,
    error: pages.error,
    refetch: pages.refetch,
    uploading: upload.isPending,
    more,
    toggleFavorite: (asset: Asset) => favorite(asset, { onError: sayProblem }),
    deleteAsset,
    uploadFiles,
  };
}
