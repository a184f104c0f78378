import type { Estimate } from '~/api/types';
import { currentLanguage, t } from '~/app/i18n';
import { printed, sizeOf, type Extent } from '../form';

const number = (value: number, digits = 1) => new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(value);

const SHEET = { width: 29.7, height: 21 };
const DRAWN = 96;

/** What comes of it, before the click: pixels, megapixels, how much wider, and how large it prints. */
export function Arithmetic({ estimate, own, src }: { estimate: Estimate | undefined; own: Extent; src: string }) {
  const size = sizeOf(estimate);
  if (!size) return null;
  const paper = printed(size);
  return (
    <section aria-label={t('upscale.becomes')} className="rounded-control bg-sunken p-3.5">
      <div className="flex items-baseline justify-between gap-3">
        <p className="text-title font-[640] tabular-nums">{t('size.pixels', { ...size })}</p>
        <p className="text-second text-muted tabular-nums">
          {t('upscale.sum', { megapixels: number((size.width * size.height) / 1e6), factor: number(size.width / own.width, 2) })}
        </p>
      </div>
      <div className="mt-3 flex items-center gap-4">
        <Sheet paper={paper} src={src} />
        <p className="text-second text-muted">
          {t('upscale.prints')}
          <span className="block font-[580] text-fg tabular-nums">{t('upscale.paper', { width: number(paper.width), height: number(paper.height) })}</span>
        </p>
      </div>
    </section>
  );
}

/** The print on a sheet of A4, to scale; what is larger than the sheet goes over its edge. */
function Sheet({ paper, src }: { paper: Extent; src: string }) {
  const upright = paper.height > paper.width;
  const sheet = upright ? { width: SHEET.height, height: SHEET.width } : SHEET;
  const scale = DRAWN / Math.max(sheet.width, sheet.height, paper.width, paper.height);
  const box = (extent: Extent) => ({ width: Math.max(2, extent.width * scale), height: Math.max(2, extent.height * scale) });
  return (
    <span aria-hidden className="flex h-24 w-24 shrink-0 items-center justify-center">
      <span className="relative border border-line-strong bg-solid" style={box(sheet)}>
        <img src={src} alt="" className="absolute bottom-0 left-0 max-w-none object-cover opacity-90" style={box(paper)} />
        <span className="absolute right-1 top-0.5 text-rail text-muted">A4</span>
      </span>
    </span>
  );
}
