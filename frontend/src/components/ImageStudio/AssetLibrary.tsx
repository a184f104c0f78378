import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { inTrash, WIDE } from '~/features/library/filter';
import { AssetGrid, type GridHandle } from '~/features/library/parts/AssetGrid';
import { Emptiness, LoadingGrid } from '~/features/library/parts/Emptiness';
import { FilePicker } from '~/features/library/parts/FilePicker';
import { PlaceMenu } from '~/features/library/parts/PlaceMenu';
import { Toolbar } from '~/features/library/parts/Toolbar';
import { TrashBar } from '~/features/library/parts/TrashBar';
import { useEmptyTrash } from '~/features/library/queries';
import { useChosen } from '~/features/library/useChosen';
import { useGridKeys, usePageKeys } from '~/features/library/useGridKeys';
import { useLibraryAddress } from '~/features/library/useLibraryAddress';
import { useOpened } from '~/features/library/useOpened';
import { useTypedSearch } from '~/features/library/useTypedSearch';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';
import { useContentAssets } from '~/hooks/useContentAssets';
import { useGlow } from '~/lib/glow';
import { useMedia } from '~/lib/react';
import { useFileEntry } from '~/lib/useFileEntry';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';

const OpenedAsset = lazy(async () => ({ default: (await import('~/features/library/parts/OpenedAsset')).OpenedAsset }));
const ChosenAssets = lazy(async () => ({ default: (await import('~/features/library/parts/ChosenAssets')).ChosenAssets }));
const Preview = lazy(async () => ({ default: (await import('~/features/library/parts/Preview')).Preview }));
const PurgeDialog = lazy(async () => ({ default: (await import('~/features/library/parts/PurgeDialog')).PurgeDialog }));

/** Everything that was made or brought in: find it, look at it, put it in order, take it along. */
export function AssetLibrary() {
  const { search, query, seek } = useLibraryAddress();
  const navigate = useNavigate();
  const library = useContentAssets(query);
  const trash = inTrash(search);
  const { typed, setTyped } = useTypedSearch(search.q ?? '', (q) => seek({ q: q || undefined }));
  const { opened, error: lost } = useOpened(search.asset, trash);
  const chosen = useChosen({ place: `${search.view}/${search.collection}`, total: library.total, getAssets: library.getAssets });
  const [openIndex, setOpenIndex] = useState<number>();
  const [viewed, setViewed] = useState<{ asset: Asset; index: number | undefined }>();
  const [emptying, setEmptying] = useState(false);
  const emptyTrash = useEmptyTrash();
  const grid = useRef<GridHandle>(null);
  const cursorRef = useRef<string>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  const hovering = useFileEntry(library.uploadFiles);
  // What is on the page answers the query before until the new one is answered: nothing flashes.
  const [shown, setShown] = useState(query);
  if (shown !== query && !library.isStale && !library.isPending) setShown(query);
  useGlow(opened?.thumbhash);

  const close = () => {
    seek({ asset: undefined });
    if (openIndex !== undefined) grid.current?.focus(openIndex);
  };
  const endView = () => {
    setViewed(undefined);
    if (viewed?.index !== undefined) grid.current?.focus(viewed.index);
  };
  const stepView = (way: 1 | -1) => {
    const index = (viewed?.index ?? 0) + way;
    if (index < 0 || index >= library.total) return;
    void library.getAssets(index, index).then(([asset]) => asset && setViewed({ asset, index }), sayProblem);
  };
  usePageKeys(() => (chosen.chosen.size > 0 ? chosen.clear() : search.asset !== undefined && close()));
  const key = useGridKeys({
    all: chosen.all,
    preview: (asset, index) => setViewed({ asset, index }),
    toggle: chosen.toggle,
    favorite: (asset) => !trash && library.toggleFavorite(asset),
    trash: (asset) => (trash ? undefined : library.deleteAsset(asset)),
    send: (to, asset) => !trash && void navigate({ to, search: { asset: asset.id } }),
    chosen: chosen.chosen,
  });
  const everChosen = useEver(chosen.chosen.size > 0);
  const choosing = useMedia('(max-width: 640px)') && chosen.chosen.size > 0;
  const pick = () => picker.current?.click();
  const empty = !library.isPending && library.total === 0 && !library.error;
  return (
    <div className="flex h-dvh flex-col">
      <PageHeader
        title={choosing ? t('library.chosen', { count: chosen.chosen.size }) : t('place.library')}
        beside={choosing ? <EndChoosing onEnd={chosen.clear} /> : <PlaceMenu search={search} total={library.isPending ? undefined : library.total} onGo={(place) => seek({ ...place, asset: undefined })} />}
      />
      <div className="flex min-h-0 flex-1 gap-4 max-sm:px-4.5">
        <div className="relative flex min-w-0 flex-1 flex-col gap-3">
          <Toolbar typed={typed} search={search} uploading={library.uploading} onType={setTyped} onSeek={seek} onUpload={pick} />
          {trash && <TrashBar total={library.total} busy={emptyTrash.isPending} onEmpty={() => setEmptying(true)} />}
          {library.error && <ProblemBanner problem={library.error} action={<Button onClick={() => void library.refetch()}>{t('action.retry')}</Button>} />}
          {lost !== null && lost !== undefined && <ProblemBanner problem={lost} action={<Button onClick={() => seek({ asset: undefined })}>{t('action.close')}</Button>} />}
          {library.isPending && <LoadingGrid />}
          {empty && <Emptiness search={search} onUpload={pick} onWiden={() => seek(WIDE)} />}
          {library.total > 0 && (
            <AssetGrid
              key={JSON.stringify(shown)}
              ref={grid}
              query={shown}
              total={library.total}
              open={search.asset}
              openIndex={openIndex}
              chosen={chosen.chosen}
              cursorRef={cursorRef}
              acts={{
                open: ({ id }, index) => {
                  setOpenIndex(index);
                  seek({ asset: id });
                },
                toggle: chosen.toggle,
                extend: chosen.extend,
                key,
              }}
            />
          )}
          <Suspense>
            {everChosen && <ChosenAssets chosen={chosen.chosen} search={search} onClear={chosen.clear} onUsed={library.trackUsage} />}
          </Suspense>
        </div>
        <Suspense>
          {opened && search.asset && (
            <OpenedAsset key={opened.id} asset={opened} library={library} onClose={close} onOpen={(id) => seek({ asset: id })} onView={() => setViewed({ asset: opened, index: openIndex })} />
          )}
        </Suspense>
      </div>
      <FilePicker ref={picker} onFiles={library.uploadFiles} />
      <Suspense>
        {viewed && <Preview asset={viewed.asset} onStep={viewed.index === undefined ? undefined : stepView} onClose={endView} />}
        {emptying && (
          <PurgeDialog
            count={library.total}
            onClose={() => setEmptying(false)}
            onPurge={() => emptyTrash.mutate(undefined, { onSuccess: ({ deleted }) => say({ text: t('bulk.purged', { count: deleted }) }), onError: sayProblem })}
          />
        )}
      </Suspense>
      {hovering && (
        <div className="pointer-events-none fixed inset-0 z-50 flex animate-appear items-center justify-center bg-scrim">
          <p className="pop rounded-panel px-8 py-6 text-title font-[620]">{t('library.drop')}</p>
        </div>
      )}
    </div>
  );
}

/** On phones the line above says how many are chosen, and ends it. */
function EndChoosing({ onEnd }: { onEnd: () => void }) {
  return (
    <button type="button" onClick={onEnd} className="h-11 flex-1 text-right text-section font-[600] text-accent">
      {t('action.done')}
    </button>
  );
}

/** Whether something was ever so: a part that tells how its work ended stays when there is nothing more to choose. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever;
}
