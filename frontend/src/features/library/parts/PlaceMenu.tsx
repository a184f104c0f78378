import { ChevronDown, Folder, FolderPlus, Images, Pencil, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Collection } from '~/api/types';
import { t } from '~/app/i18n';
import { Menu, MenuItem, MenuLabel, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';
import { inTrash } from '../filter';
import type { LibrarySearch } from '../search';
import { useCollections, useCollectionVerbs, useStatistics } from '../shelf';

const NameDialog = lazy(async () => ({ default: (await import('./NameDialog')).NameDialog }));

interface PlaceMenuProps {
  search: LibrarySearch;
  /** How many are shown. */
  total: number | undefined;
  onGo: (place: Pick<LibrarySearch, 'view' | 'collection'>) => void;
}

/** Which part of the library is looked at: all of it, a collection or the trash. */
export function PlaceMenu({ search, total, onGo }: PlaceMenuProps) {
  const { data: collections = [] } = useCollections();
  const { data: statistics } = useStatistics();
  const [naming, setNaming] = useState<'new' | 'rename'>();
  const here = collections.find(({ id }) => id === search.collection);
  const name = inTrash(search) ? t('library.trash') : (here?.name ?? t('library.everything'));
  const remove = useRemove((collection) => onGo({ collection, view: undefined }));
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button type="button" className="-mx-2 flex h-9 min-w-0 items-center gap-1.5 rounded-chip px-2 text-second text-muted hover:bg-sunken max-sm:h-11">
            <span className="truncate">{name}</span>
            {total !== undefined && <span className="shrink-0 tabular-nums">{t('library.count', { count: total })}</span>}
            <ChevronDown size={15} aria-hidden className="shrink-0" />
          </button>
        }
      >
        <MenuItem icon={<Images size={16} aria-hidden />} onSelect={() => onGo({ collection: undefined, view: undefined })}>
          {t('library.everything')}
        </MenuItem>
        <MenuLine />
        <MenuLabel>
          <span className="text-caption text-muted">{t('library.collections')}</span>
        </MenuLabel>
        {collections.map(({ id, name: called, total: count }) => (
          <MenuItem key={id} icon={<Folder size={16} aria-hidden />} onSelect={() => onGo({ collection: id, view: undefined })}>
            <span className="min-w-0 flex-1 truncate">{called}</span>
            <span className="text-caption text-muted tabular-nums">{count}</span>
          </MenuItem>
        ))}
        <MenuItem icon={<FolderPlus size={16} aria-hidden />} onSelect={() => setNaming('new')}>
          {t('collection.new')}
        </MenuItem>
        {here && (
          <>
            <MenuLine />
            <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={() => setNaming('rename')}>
              {t('collection.rename', { name: here.name })}
            </MenuItem>
            <MenuItem icon={<Trash2 size={16} aria-hidden className="text-danger" />} onSelect={() => remove(here)}>
              {t('collection.remove', { name: here.name })}
            </MenuItem>
          </>
        )}
        <MenuLine />
        <MenuItem icon={<Trash2 size={16} aria-hidden />} onSelect={() => onGo({ view: 'trash', collection: undefined })}>
          <span className="flex-1">{t('library.trash')}</span>
          <span className="text-caption text-muted tabular-nums">{statistics?.trashed.count || ''}</span>
        </MenuItem>
      </Menu>
      <Suspense>
        {naming && (
          <NameDialog
            collection={naming === 'rename' ? here : undefined}
            onDone={(id) => {
              setNaming(undefined);
              if (id !== undefined && naming === 'new') onGo({ collection: id, view: undefined });
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** Removes a collection at once; the pictures stay, and it can be had back. */
function useRemove(onGo: (collection: string | undefined) => void) {
  const { remove, bringBack } = useCollectionVerbs();
  const undo = (removed: NonNullable<typeof remove.data>) =>
    bringBack.mutate(removed, {
      onSuccess: (id) => {
        onGo(id);
        say({ text: t('collection.back', { name: removed.name }) });
      },
      onError: sayProblem,
    });
  return (collection: Collection) =>
    remove.mutate(collection, {
      onSuccess: (removed) => {
        onGo(undefined);
        say({ text: t('collection.removed', { name: removed.name }), action: { label: t('action.undo'), perform: () => undo(removed) } });
      },
      onError: sayProblem,
    });
}
