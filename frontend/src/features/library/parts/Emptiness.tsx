import { Link } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { starterArt } from '~/features/create/parts/starters';

const ink = 'inline-flex h-10 items-center rounded-control bg-ink px-4 font-[560] text-on-ink hover:opacity-90 max-sm:h-11';

/** Nothing here: the first picture is one press away, or the filter is to blame. */
export function EmptyLibrary({ filtered, onUpload }: { filtered: boolean; onUpload: () => void }) {
  if (filtered) return <p className="py-16 text-center text-muted">{t('library.none')}</p>;
  return (
    <div className="mt-2 max-w-[560px] rounded-panel border border-line p-5">
      <div className="grid grid-cols-3 gap-3">
        {[starterArt.harbour, starterArt.topography, starterArt.pattern].map((picture) => (
          <img key={picture} src={picture} alt="" width={320} height={200} className="aspect-5/4 w-full rounded-control object-cover" />
        ))}
      </div>
      <p className="mt-4 mb-4 text-section font-[600]">{t('library.empty')}</p>
      <div className="flex gap-2">
        <Link to="/create" className={ink}>
          {t('library.make')}
        </Link>
        <Button onClick={onUpload}>
          <Upload size={16} aria-hidden />
          {t('library.upload')}
        </Button>
      </div>
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
