import { clsx } from 'clsx';
import { Heart, Search, Upload } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { fieldSkin } from '~/components/ImageStudio/ui/Field';

interface ToolbarProps {
  search: string;
  favorites: boolean;
  uploading: boolean;
  onSearch: (text: string) => void;
  onFavorites: (on: boolean) => void;
  onUpload: () => void;
}

/** What to look for, and the way in for files. */
export function Toolbar({ search, favorites, uploading, onSearch, onFavorites, onUpload }: ToolbarProps) {
  return (
    <div role="search" className="flex items-center gap-2.5">
      <label className="relative block w-full max-w-66">
        <span className="sr-only">{t('library.search')}</span>
        <Search size={17} aria-hidden className="absolute top-1/2 left-3.5 -translate-y-1/2 text-muted" />
        <input
          id="library-search"
          type="search"
          placeholder={t('library.search')}
          value={search}
          onChange={({ target }) => onSearch(target.value)}
          className={clsx(fieldSkin, 'h-9 border-line pl-10 max-sm:h-11')}
        />
      </label>
      <button
        type="button"
        aria-pressed={favorites}
        onClick={() => onFavorites(!favorites)}
        className={clsx(
          'flex h-9 shrink-0 items-center gap-2 rounded-control px-3 text-second font-[560] transition duration-120 ease-studio max-sm:h-11',
          favorites ? 'bg-accent-soft text-accent' : 'quiet-control hover:bg-raised',
        )}
      >
        <Heart size={16} aria-hidden className={clsx(favorites && 'fill-current')} />
        <span className="max-sm:sr-only">{t('library.favorites')}</span>
      </button>
      <Button onClick={onUpload} disabled={uploading} className="ml-auto sm:h-9">
        <Upload size={16} aria-hidden />
        <span className="max-sm:sr-only">{uploading ? t('library.uploading') : t('library.upload')}</span>
      </Button>
    </div>
  );
}
