import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { useLatest } from '~/lib/react';
import { useEffect } from 'react';
import { nameOf } from '../name';

interface PreviewProps {
  asset: Asset;
  /** To the picture before or after; without it, there is only this one. */
  onStep: ((way: 1 | -1) => void) | undefined;
  onClose: () => void;
}

/** The whole picture, as large as the window allows; arrows go on, Space or Escape goes back. */
export function Preview({ asset, onStep, onClose }: PreviewProps) {
  usePreviewKeys(onStep, onClose);
  return (
    <Dialog title={nameOf(asset)} open onClose={onClose} wide>
      <div className="relative flex min-h-0 items-center justify-center px-5 pb-5">
        <img
          key={asset.id}
          src={asset.trashed_at ? (asset.thumbnail_url ?? asset.file_url) : asset.file_url}
          alt={nameOf(asset)}
          width={asset.width ?? 1}
          height={asset.height ?? 1}
          className="checkerboard h-auto max-h-[calc(100dvh-160px)] w-auto max-w-full rounded-control object-contain"
        />
        {onStep && (
          <>
            <IconButton label={t('preview.before')} look="over" onClick={() => onStep(-1)} className="absolute left-7">
              <ChevronLeft size={18} aria-hidden />
            </IconButton>
            <IconButton label={t('preview.after')} look="over" onClick={() => onStep(1)} className="absolute right-7">
              <ChevronRight size={18} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
    </Dialog>
  );
}

function usePreviewKeys(onStep: PreviewProps['onStep'], onClose: () => void): void {
  const latest = useLatest({ onStep, onClose });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
      const closes = event.key === ' ' && !(event.target instanceof HTMLButtonElement);
      if (way) latest.current.onStep?.(way);
      else if (closes) latest.current.onClose();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [latest]);
}
