import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { AssetGrid } from '~/features/library/parts/AssetGrid';
import { EmptyLibrary, LoadingGrid } from '~/features/library/parts/Emptiness';
import { Toolbar } from '~/features/library/parts/Toolbar';
import { useAsset } from '~/features/library/queries';
import { useFileEntry } from '~/lib/useFileEntry';
import { useContentAssets } from '~/hooks/useContentAssets';
import { useGlow } from '~/lib/glow';
import { useSettled } from '~/lib/react';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';

const AssetDrawer = lazy(async () => ({ default: (await import('~/features/library/parts/AssetDrawer')).AssetDrawer }));

/** Everything that was made or brought in: find it, look at it, take it along. */
export function AssetLibrary() {
  const { q = '', fav, asset: openId } = useSearch({ from: '/studio/library' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const search = useSettled(typed.trim(), 250);
  const filter = { search, favorites: fav === '1' };
  const library = useContentAssets(filter);
  const { data: opened } = useAsset(openId);
  const picker = useRef<HTMLInputElement>(null);
  const hovering = useFileEntry(library.uploadFiles);

  const seek = (change: { q?: string | undefined; fav?: '1' | undefined; asset?: string | undefined }) =>
    void navigate({ to: '/library', search: (before) => ({ ...before, ...change }), replace: !('asset' in change) });
  useEffect(() => {
    if (search !== q) void navigate({ to: '/library', search: (before) => ({ ...before, q: search || undefined }), replace: true });
  }, [search, q, navigate]);
  useSearchKey();
  useGlow(opened?.thumbhash);

  const trash = (asset: Asset) => {
    if (asset.id === openId) seek({ asset: undefined });
    library.deleteAsset(asset);
  };
  const pick = () => picker.current?.click();
  const filtered = search !== '' || filter.favorites;
  return (
    <div className="flex h-dvh flex-col">
      <PageHeader title={t('place.library')} note={library.isPending ? undefined : t('library.count', { count: library.total })} />
      <div className="flex min-h-0 flex-1 gap-4 max-sm:px-4.5 sm:pb-3">
        <div className="flex min-w-0 flex-1 flex-col gap-3">
          <Toolbar
            search={typed}
            favorites={filter.favorites}
            uploading={library.uploading}
            onSearch={setTyped}
            onFavorites={(on) => seek({ fav: on ? '1' : undefined })}
            onUpload={pick}
          />
          {library.error && (
            <ProblemBanner problem={library.error} action={<Button onClick={() => void library.refetch()}>{t('action.retry')}</Button>} />
          )}
          {library.isPending && <LoadingGrid />}
          {!library.isPending && library.assets.length === 0 && !library.error && <EmptyLibrary filtered={filtered} onUpload={pick} />}
          {library.assets.length > 0 && (
            <AssetGrid
              assets={library.assets}
              total={library.total}
              open={openId}
              onOpen={({ id }) => seek({ asset: id })}
              onFavorite={library.toggleFavorite}
              onTrash={trash}
              onMore={library.more}
            />
          )}
        </div>
        {opened && openId && (
          <Suspense>
            <AssetDrawer
              key={opened.id}
              asset={opened}
              onClose={() => seek({ asset: undefined })}
              onFavorite={() => library.toggleFavorite(opened)}
              onTrash={() => trash(opened)}
            />
          </Suspense>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('library.upload')}
        accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
        onChange={({ target }) => {
          if (target.files?.length) library.uploadFiles([...target.files]);
          target.value = '';
        }}
      />
      {hovering && (
        <div className="pointer-events-none fixed inset-0 z-50 flex animate-appear items-center justify-center bg-scrim">
          <p className="pop rounded-panel px-8 py-6 text-title font-[620]">{t('library.drop')}</p>
        </div>
      )}
    </div>
  );
}

/** `/` puts the cursor into the search field. */
function useSearchKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return;
      event.preventDefault();
      document.getElementById('library-search')?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
