import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { bytes, when } from '~/lib/format';
import { useWide } from '~/lib/react';
import { shapeOf } from '../grid';
import { nameOf } from '../name';
import { DrawerActions } from './DrawerActions';
import { Facts } from './Facts';
import { Lineage } from './Lineage';
import { TitleField } from './TitleField';

export interface DrawerActs {
  close: () => void;
  view: () => void;
  open: (id: string) => void;
  favorite: () => void;
  trash: () => void;
  restore: () => void;
  purge: () => void;
  rename: (title: string) => void;
  retag: (tags: string[]) => void;
  collect: () => void;
  used: (how: 'download' | 'share') => void;
}

interface AssetDrawerProps {
  asset: Asset;
  acts: DrawerActs;
}

/** One asset and what can be done with it: a panel beside the grid, a sheet where there is no room. */
export function AssetDrawer({ asset, acts }: AssetDrawerProps) {
  const wide = useWide();
  if (!wide) {
    return (
      <Dialog title={t('asset.details')} open onClose={acts.close}>
        <div className="scroll-quiet overflow-y-auto px-3 pb-4">
          <Body asset={asset} acts={acts} />
        </div>
      </Dialog>
    );
  }
  return (
    <GlassyCard aria-label={t('asset.details')} className="relative mb-3 w-86 shrink-0 animate-appear overflow-hidden">
      <div className="scroll-quiet h-full overflow-y-auto p-3">
        <Body asset={asset} acts={acts} />
      </div>
      <IconButton label={t('action.close')} look="over" onClick={acts.close} className="absolute top-5.5 right-5.5">
        <X size={17} aria-hidden />
      </IconButton>
    </GlassyCard>
  );
}

function Body({ asset, acts }: AssetDrawerProps): ReactNode {
  const [width, height] = [asset.width ?? 1, asset.height ?? 1];
  const trashed = asset.trashed_at !== null;
  return (
    <>
      <button
        type="button"
        aria-label={t('asset.view')}
        onClick={acts.view}
        className="block w-full cursor-zoom-in rounded-control"
        style={{ aspectRatio: Math.max(0.8, shapeOf(asset)) }}
      >
        <Photo
          src={trashed ? (asset.thumbnail_url ?? asset.file_url) : asset.file_url}
          alt={nameOf(asset)}
          width={width}
          height={height}
          thumbhash={asset.thumbhash}
          className="size-full rounded-control"
        />
      </button>
      <div className="mt-3.5">{trashed ? <h2 className="px-1 text-title font-[620]">{nameOf(asset)}</h2> : <TitleField key={asset.title} asset={asset} onRename={acts.rename} />}</div>
      <p className="px-1 text-second text-muted tabular-nums">{[t('size.pixels', { width, height }), bytes(asset.file_size), when(asset.created_at)].join(', ')}</p>
      <DrawerActions asset={asset} trashed={trashed} acts={acts} />
      <Lineage assetId={asset.id} onOpen={acts.open} />
      <Facts asset={asset} onRetag={trashed ? undefined : acts.retag} />
    </>
  );
}
