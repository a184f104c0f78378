import { clsx } from 'clsx';
import { ArrowDownNarrowWide, ChevronDown, Heart, Search, SlidersHorizontal, Upload, X } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type ComponentProps } from 'react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { fieldSkin } from '~/components/ImageStudio/ui/Field';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import { useWidth } from '~/lib/react';
import { shown, useGroups, type Group } from '../choices';
import { SORT_KEYS, sortOf } from '../filter';
import type { LibrarySearch } from '../search';
import { Swatches } from './Swatches';

const FilterDialog = lazy(async () => ({ default: (await import('./FilterDialog')).FilterDialog }));

/** The width of everything but the menus, and of one of them. */
const BASE = 590;
const EACH = 96;

interface ToolbarProps {
  typed: string;
  search: LibrarySearch;
  uploading: boolean;
  onType: (text: string) => void;
  onSeek: (change: LibrarySearch) => void;
  onUpload: () => void;
}

/** What to look for, by words and by kind, and the way in for files. What has no room stands in a dialog. */
export function Toolbar({ typed, search, uploading, onType, onSeek, onUpload }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const width = useWidth(bar);
  const groups = useGroups();
  const [more, setMore] = useState(false);
  const fits = Math.max(0, Math.min(groups.length, Math.floor((width - BASE) / EACH)));
  const folded = groups.slice(fits).filter(({ word }) => search[word]).length + (fits === 0 && search.colour ? 1 : 0);
  return (
    <div ref={bar} role="search" className="flex items-center gap-2">
      <SearchField typed={typed} onType={onType} narrow={width < 520} />
      {groups.slice(0, fits).map((group) => (
        <GroupMenu key={group.word} group={group} search={search} onSeek={onSeek} />
      ))}
      <Chip on={search.fav !== undefined} aria-pressed={search.fav !== undefined} onClick={() => onSeek({ fav: search.fav ? undefined : '1' })}>
        <Heart size={16} aria-hidden />
        <span className={clsx(width < 520 && 'max-sm:sr-only')}>{t('library.favorites')}</span>
        {search.fav && width > 520 && <X size={14} aria-hidden />}
      </Chip>
      {fits > 0 && <Swatches value={search.colour} onChange={(colour) => onSeek({ colour })} />}
      <div className="ml-auto flex items-center gap-0.5">
        {fits < groups.length && (
          <IconButton label={t('library.filters')} onClick={() => setMore(true)} className={clsx(folded > 0 && 'bg-accent-soft text-accent')}>
            <SlidersHorizontal size={17} aria-hidden />
          </IconButton>
        )}
        <SortMenu search={search} onSeek={onSeek} />
        <IconButton label={uploading ? t('library.uploading') : t('library.upload')} disabled={uploading} onClick={onUpload}>
          <Upload size={17} aria-hidden />
        </IconButton>
      </div>
      <Suspense>{more && <FilterDialog groups={groups} search={search} onSeek={onSeek} onClose={() => setMore(false)} />}</Suspense>
    </div>
  );
}

function SearchField({ typed, onType, narrow }: Pick<ToolbarProps, 'typed' | 'onType'> & { narrow: boolean }) {
  return (
    <div className="relative min-w-0 max-w-66 flex-1">
      <Search size={17} aria-hidden className="absolute top-1/2 left-3.5 -translate-y-1/2 text-muted" />
      <input
        id="library-search"
        type="search"
        aria-label={t('library.search')}
        placeholder={narrow ? t('library.searchShort') : t('library.search')}
        value={typed}
        onChange={({ target }) => onType(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onType('')}
        className={clsx(fieldSkin, 'h-9 border-line pr-9 pl-10 max-sm:h-11 [&::-webkit-search-cancel-button]:hidden')}
      />
      {typed && (
        <button type="button" aria-label={t('library.clearSearch')} onClick={() => onType('')} className="absolute inset-y-0 right-0 w-9 rounded-control text-muted hover:text-fg max-sm:w-11">
          <X size={16} aria-hidden className="mx-auto" />
        </button>
      )}
    </div>
  );
}

function Chip({ on, className, ...rest }: ComponentProps<'button'> & { on: boolean }) {
  return (
    <button
      type="button"
      className={clsx(
        'flex h-9 shrink-0 items-center gap-2 rounded-control px-3 text-second font-[560] whitespace-nowrap transition duration-120 ease-studio max-sm:h-11',
        on ? 'bg-accent-soft text-accent' : 'quiet-control hover:bg-raised',
        className,
      )}
      {...rest}
    />
  );
}

function GroupMenu({ group, search, onSeek }: { group: Group } & Pick<ToolbarProps, 'search' | 'onSeek'>) {
  const { word, label, choices } = group;
  const said = shown(group, search);
  const options = [{ value: '', text: t('library.all', { what: label }) }, ...choices];
  return (
    <Menu
      align="start"
      trigger={
        <Chip on={said !== undefined} aria-label={said ? t('library.only', { what: label, value: said }) : label}>
          <span className="max-w-28 truncate">{said ?? label}</span>
          <ChevronDown size={15} aria-hidden className="-mr-0.5" />
        </Chip>
      }
    >
      <MenuChoices
        value={search[word] ?? ''}
        options={options}
        onChange={(value) => onSeek({ [word]: value || undefined, ...(word === 'from' && { to: undefined }) })}
      />
    </Menu>
  );
}

function SortMenu({ search, onSeek }: Pick<ToolbarProps, 'search' | 'onSeek'>) {
  const names = {
    newest: t('library.sort.newest'),
    oldest: t('library.sort.oldest'),
    changed: t('library.sort.changed'),
    title: t('library.sort.title'),
    largest: t('library.sort.largest'),
    dearest: t('library.sort.dearest'),
  };
  const sort = sortOf(search);
  return (
    <Menu
      trigger={
        <IconButton label={t('library.sorted', { how: names[sort] })}>
          <ArrowDownNarrowWide size={18} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoices
        value={sort}
        options={SORT_KEYS.map((value) => ({ value, text: names[value] }))}
        onChange={(value) => onSeek({ sort: value === 'newest' ? undefined : value })}
      />
    </Menu>
  );
}

