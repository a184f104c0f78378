import { Link } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';
import { Button, buttonLook } from '~/components/ImageStudio/ui/Button';
import { EmptyState } from '~/components/ImageStudio/ui/EmptyState';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { starterArt } from '~/features/create/parts/starters';
import { inTrash, isNarrowed } from '../filter';
import type { LibrarySearch } from '../search';

interface EmptinessProps {
  search: LibrarySearch;
  onUpload: () => void;
  /** Takes every filter off. */
  onWiden: () => void;
}

/** Nothing to show: the first picture is one press away, or the filter is to blame. */
export function Emptiness({ search, onUpload, onWiden }: EmptinessProps) {
  if (isNarrowed(search)) {
    return (
      <Plain text={t('library.none')}>
        <Button onClick={onWiden}>{t('library.showAll')}</Button>
      </Plain>
    );
  }
  if (inTrash(search)) return <Plain text={t('library.trashEmpty')} />;
  if (search.collection) return <Plain text={t('collection.empty')} />;
  return (
    <EmptyState title={t('library.empty')} pictures={[starterArt.harbour, starterArt.topography, starterArt.pattern].map((src) => ({ src, alt: '' }))}>
      <Link to="/create" className={buttonLook('ink')}>
        {t('library.make')}
      </Link>
      <Button onClick={onUpload}>
        <Upload size={16} aria-hidden />
        {t('library.upload')}
      </Button>
    </EmptyState>
  );
}

function Plain({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 py-16 text-center">
      <p className="max-w-[44ch] text-muted">{text}</p>
      {children}
    </div>
  );
}

const HEIGHTS = [180, 280, 150, 210, 240, 160, 230, 190, 260, 170, 200, 250];

export function LoadingGrid() {
  return (
    <div aria-label={t('library.loading')} role="status" className="columns-2 gap-2.5 overflow-hidden sm:columns-4">
      {HEIGHTS.map((height) => (
        <div key={height} style={{ height }} className="mb-2.5">
          <LoadingSkeleton className="size-full" />
        </div>
      ))}
    </div>
  );
}
