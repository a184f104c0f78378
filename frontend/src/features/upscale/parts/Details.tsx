import { Eye, X } from 'lucide-react';
import { clsx } from 'clsx';
import type { Asset, Estimate } from '~/api/types';
import { currentLanguage, t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { sizeOf } from '../form';
import { useDetailPreview, type Detail, type LocalModel } from '../useDetails';

interface DetailStripProps {
  details: readonly Detail[];
  chosen: Detail | undefined;
  onChoose: (detail: Detail | undefined) => void;
}

/** The finest details of a picture; a press shows what one becomes, before anything is made. */
export function DetailStrip({ details, chosen, onChoose }: DetailStripProps) {
  if (details.length === 0) return null;
  return (
    <div data-over role="group" aria-label={t('upscale.details')} className="over ml-auto flex items-center gap-1.5 rounded-control p-1.5 shadow-panel">
      {details.map((detail, index) => (
        <button
          key={`${detail.box.left},${detail.box.top}`}
          type="button"
          aria-pressed={detail === chosen}
          aria-label={t('upscale.detail', { number: index + 1 })}
          onClick={() => onChoose(detail === chosen ? undefined : detail)}
          className={clsx('size-11 overflow-hidden rounded-chip', detail === chosen && 'ring-2 ring-accent ring-offset-2 ring-offset-solid')}
        >
          <img src={detail.src} alt="" className="size-full object-cover" />
        </button>
      ))}
      <span className="px-1.5 text-second leading-4 text-muted max-sm:hidden">{t('upscale.details')}</span>
    </div>
  );
}

interface DetailViewProps {
  asset: Asset;
  detail: Detail;
  estimate: Estimate | undefined;
  className: string;
  onClose: () => void;
}

const SECOND = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const MODELS = new Set<string | undefined>(['span-x4', 'lanczos'] satisfies LocalModel[]);
const isLocal = (model: string | undefined): model is LocalModel => MODELS.has(model);

/** One detail before and after, made right now by this machine's engine; whatever else would do the work, it says so. */
export function DetailView({ asset, detail, estimate, className, onClose }: DetailViewProps) {
  const size = sizeOf(estimate);
  const factor = Math.min(8, Math.max(1, (size?.width ?? 2 * (asset.width ?? 1)) / (asset.width ?? 1)));
  const model = isLocal(estimate?.model) ? estimate.model : 'span-x4';
  const { data, error } = useDetailPreview(asset.id, detail, { factor, model });
  const other = estimate !== undefined && !isLocal(estimate.model);
  if (error) return <ProblemBanner problem={error} />;
  if (!data) return <LoadingSkeleton className={className} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <BeforeAfter key={detail.src} before={detail.src} after={data.image_base64} alt={t('upscale.details')} size={data} className={className} />
      <p role="status" className="flex items-center gap-2.5 rounded-control bg-warn-soft px-3 py-1 text-second font-[560] text-warn">
        <Eye size={16} aria-hidden className="shrink-0" />
        <span className="flex-1">
          {t('upscale.previewed', { seconds: new Intl.NumberFormat(currentLanguage(), SECOND).format(Math.max(0.1, data.seconds)) })}
          {other && ` ${t('upscale.previewedOther')}`}
        </span>
        <IconButton label={t('upscale.previewClose')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </p>
    </div>
  );
}
