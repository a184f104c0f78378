import { Link } from '@tanstack/react-router';
import { Brush, Download, FileDown, Images } from 'lucide-react';
import type { Asset, Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { Warnings } from '~/features/picture/parts/Warnings';
import type { Extent } from '~/features/picture/view';
import { saveAs } from '~/features/saveas/store';

interface EditResultViewerProps {
  job: Job;
  before: Asset;
  size: Extent;
  result: Picture;
  /** Back to the picture itself, its mask and its settings; the versions go on waiting. */
  onBack: () => void;
}

const numeral = (value: unknown) => (typeof value === 'number' ? value : 0);
const round = 'flex size-9 items-center justify-center rounded-chip hover:bg-sunken max-sm:size-11';

/** What came out, against what went in: kept in the library, and not yet a step. */
export function EditResultViewer({ job, before, size, result, onBack }: EditResultViewerProps) {
  const extended = result.width !== size.width || result.height !== size.height;
  const place = { x: numeral(job.request['left']), y: numeral(job.request['up']), ...size };
  return (
    <section aria-label={t('edit.result')} className="flex min-h-0 flex-1 flex-col gap-2">
      <BeforeAfter
        before={before.file_url}
        after={result.url}
        alt={before.title || before.prompt || before.filename}
        size={result}
        {...(extended && { place })}
        className="min-h-0 flex-1 max-sm:rounded-none"
      >
        <div data-over role="group" aria-label={t('edit.result')} className="over flex items-center gap-0.5 rounded-control p-0.5 shadow-panel">
          <button type="button" onClick={onBack} className="flex h-9 items-center justify-center gap-2 rounded-chip px-3 text-second font-[560] hover:bg-sunken max-sm:size-11">
            <Brush size={16} aria-hidden className="shrink-0" />
            <span className="max-sm:sr-only">{t('edit.back')}</span>
          </button>
          <a href={result.url} download aria-label={t('asset.save')} title={t('asset.save')} className={round}>
            <Download size={17} aria-hidden />
          </a>
          <button type="button" onClick={() => saveAs(result.id)} aria-label={t('saveAs.open')} title={t('saveAs.open')} className={round}>
            <FileDown size={17} aria-hidden />
          </button>
          <Link to="/library" search={{ asset: result.id }} aria-label={t('asset.details')} title={t('asset.details')} className={round}>
            <Images size={17} aria-hidden />
          </Link>
        </div>
      </BeforeAfter>
      <Warnings job={job} />
    </section>
  );
}
