import { clsx } from 'clsx';
import { ImagePlus, Images, Upload } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { useAssetPages } from '~/features/library/queries';
import { MASK_FILE, type PictureSource } from '../usePictureSource';
import { FileButton } from './FileButton';
import { PictureTile } from './PictureTile';

const PicturePicker = lazy(async () => ({ default: (await import('./PicturePicker')).PicturePicker }));

const RECENT = 6;

/** Masks are kept like any picture, but nobody begins with one. */
const isMask = ({ asset_metadata: facts, source_module: source, filename }: Asset) =>
  facts?.['operation'] === 'select' || (source === 'upload' && filename === MASK_FILE);

interface PictureStartProps {
  source: PictureSource;
  /** What happens to the picture here. */
  title: string;
  note: ReactNode;
  /** One more way to a picture. */
  action?: ReactNode;
}

/** A studio that has no picture yet: drop, paste or choose one, or take one of the last. */
export function PictureStart({ source, title, note, action }: PictureStartProps) {
  const [picking, setPicking] = useState(false);
  const { data } = useAssetPages({ search: '', favorites: false });
  const recent = data?.pages[0]?.assets.filter((asset) => !isMask(asset)).slice(0, RECENT) ?? [];
  return (
    <section aria-label={title} className="mx-auto flex w-full max-w-[760px] flex-col gap-6 py-4">
      <div
        className={clsx(
          'flex flex-col items-center rounded-panel border-2 border-dashed px-6 py-12 text-center transition duration-180 ease-studio max-sm:py-9',
          source.hovering ? 'border-accent bg-accent-soft' : 'border-line bg-glass',
        )}
      >
        <span className="mb-4 flex size-14 items-center justify-center rounded-panel bg-ink text-on-ink">
          <ImagePlus size={26} strokeWidth={1.7} aria-hidden />
        </span>
        <h2 className="text-title font-[640]">{source.hovering ? t('picture.drop') : title}</h2>
        <p className="mt-1 max-w-[46ch] text-muted">{note}</p>
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          <FileButton label={t('picture.upload')} look="ink" disabled={source.uploading} onFiles={source.take}>
            <Upload size={16} aria-hidden />
            {source.uploading ? t('picture.uploading') : t('picture.upload')}
          </FileButton>
          <Button onClick={() => setPicking(true)}>
            <Images size={16} aria-hidden />
            {t('picture.fromLibrary')}
          </Button>
          {action}
        </div>
        <p className="mt-4 text-second text-muted max-sm:hidden">{t('picture.hint')}</p>
      </div>
      {recent.length > 0 && (
        <div>
          <h3 className="mb-2 text-section font-[620]">{t('picture.recent')}</h3>
          <ul className="grid grid-cols-3 gap-2.5 sm:grid-cols-6">
            {recent.map((asset) => (
              <li key={asset.id} className="aspect-square">
                <PictureTile asset={asset} onChoose={source.choose} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Suspense>{picking && <PicturePicker onChoose={source.choose} onClose={() => setPicking(false)} />}</Suspense>
    </section>
  );
}
