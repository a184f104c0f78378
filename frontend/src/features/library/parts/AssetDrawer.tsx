import { clsx } from 'clsx';
import { Download, Heart, Scissors, Trash2, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { SendTo } from '~/features/picture/parts/SendTo';
import { bytes, when } from '~/lib/format';
import { useWide } from '~/lib/react';
import { useCutOutFlow } from '../cutout';
import { shapeOf } from '../grid';
import { Facts } from './Facts';

interface AssetDrawerProps {
  asset: Asset;
  onClose: () => void;
  onFavorite: () => void;
  onTrash: () => void;
}

/** One asset and what can be done with it: a panel beside the grid, a sheet where there is no room. */
export function AssetDrawer(props: AssetDrawerProps) {
  const wide = useWide();
  const { asset, onClose } = props;
  if (!wide) {
    return (
      <Dialog title={nameOf(asset)} open onClose={onClose}>
        <div className="scroll-quiet overflow-y-auto px-3 pb-4">
          <Body {...props} />
        </div>
      </Dialog>
    );
  }
  return (
    <GlassyCard aria-label={t('asset.details')} className="relative w-86 shrink-0 animate-appear overflow-hidden">
      <div className="scroll-quiet h-full overflow-y-auto p-3">
        <Body {...props} heading={<h2 className="line-clamp-2 px-1 text-title font-[620]">{nameOf(asset)}</h2>} />
      </div>
      <IconButton label={t('action.close')} look="over" onClick={onClose} className="absolute top-5.5 right-5.5">
        <X size={17} aria-hidden />
      </IconButton>
    </GlassyCard>
  );
}

const nameOf = (asset: Asset) => asset.title || asset.prompt || asset.filename;

function Body({ asset, onFavorite, onTrash, heading }: AssetDrawerProps & { heading?: ReactNode }) {
  const [viewing, setViewing] = useState(false);
  const cutOut = useCutOutFlow();
  const [width, height] = [asset.width ?? 1, asset.height ?? 1];
  return (
    <>
      <button
        type="button"
        aria-label={t('asset.view')}
        onClick={() => setViewing(true)}
        className="block w-full cursor-zoom-in rounded-control"
        style={{ aspectRatio: Math.max(0.8, shapeOf(asset)) }}
      >
        <Photo src={asset.file_url} alt={nameOf(asset)} width={width} height={height} thumbhash={asset.thumbhash} className="size-full rounded-control" />
      </button>
      <div className="mt-3.5">{heading}</div>
      <p className="px-1 text-second text-muted tabular-nums">
        {[t('size.pixels', { width, height }), bytes(asset.file_size), when(asset.created_at)].join(', ')}
      </p>
      <div className="my-3.5 flex flex-wrap gap-1.5 px-1">
        <a href={asset.file_url} download={asset.filename} className="inline-flex h-10 items-center gap-2 rounded-control bg-ink px-3 whitespace-nowrap font-[560] text-on-ink hover:opacity-90 max-sm:h-11">
          <Download size={16} aria-hidden />
          {t('asset.save')}
        </a>
        <SendTo assetId={asset.id} />
        <Button className="sm:px-3" disabled={cutOut.busy} onClick={() => cutOut.start(asset.id)}>
          <Scissors size={16} aria-hidden />
          {cutOut.busy ? t('asset.cuttingOut') : t('asset.cutOut')}
        </Button>
        <IconButton
          label={asset.is_favorite ? t('asset.unfavorite') : t('asset.favorite')}
          look="plain"
          aria-pressed={asset.is_favorite}
          onClick={onFavorite}
          className="sm:h-10 sm:w-9"
        >
          <Heart size={17} aria-hidden className={clsx(asset.is_favorite && 'fill-heart text-heart')} />
        </IconButton>
        <IconButton label={t('asset.trash')} look="danger" onClick={onTrash} className="sm:h-10 sm:w-9">
          <Trash2 size={17} aria-hidden />
        </IconButton>
      </div>
      <Facts asset={asset} />
      <Dialog title={nameOf(asset)} open={viewing} onClose={() => setViewing(false)} wide>
        <div className="flex min-h-0 items-center justify-center px-5 pb-5">
          <img src={asset.file_url} alt={nameOf(asset)} width={width} height={height} className="checkerboard h-auto max-h-[calc(100dvh-160px)] w-auto max-w-full rounded-control object-contain" />
        </div>
      </Dialog>
    </>
  );
}
