import { Link } from '@tanstack/react-router';
import { Download, Images } from 'lucide-react';
import type { Asset, Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { Warnings } from '~/features/picture/parts/Warnings';
import type { Extent } from '~/features/picture/view';
import { Button, buttonLook } from './ui/Button';

interface EditResultViewerProps {
  job: Job;
  before: Asset;
  size: Extent;
  result: Picture;
  onFurther: () => void;
  onBack: () => void;
}

const numeral = (value: unknown) => (typeof value === 'number' ? value : 0);

/** What came out, against what went in: already kept in the library, and ready to be edited further. */
export function EditResultViewer({ job, before, size, result, onFurther, onBack }: EditResultViewerProps) {
  const extended = result.width !== size.width || result.height !== size.height;
  const place = { x: numeral(job.request['left']), y: numeral(job.request['up']), ...size };
  return (
    <section aria-label={t('edit.result')} className="flex min-h-0 flex-1 flex-col gap-3">
      <BeforeAfter
        before={before.file_url}
        after={result.url}
        alt={before.title || before.prompt || before.filename}
        size={result}
        {...(extended && { place })}
        className="min-h-0 flex-1"
      />
      <Warnings job={job} />
      <div className="pop flex flex-wrap items-center gap-2 rounded-button p-2 pl-4">
        <p role="status" className="mr-auto flex items-center gap-2 text-second font-[560]">
          <span aria-hidden className="size-2 rounded-full bg-ok" />
          {t('edit.saved')}
          <span className="text-muted tabular-nums max-sm:hidden">{t('size.pixels', { width: result.width, height: result.height })}</span>
        </p>
        <Button look="ink" onClick={onFurther}>
          {t('edit.further')}
        </Button>
        <Button onClick={onBack}>{t('edit.back')}</Button>
        <a href={result.url} download aria-label={t('asset.save')} title={t('asset.save')} className={buttonLook('plain', 'px-3')}>
          <Download size={17} aria-hidden />
        </a>
        <Link to="/library" search={{ asset: result.id }} aria-label={t('asset.details')} title={t('asset.details')} className={buttonLook('plain', 'px-3')}>
          <Images size={17} aria-hidden />
        </Link>
      </div>
    </section>
  );
}
