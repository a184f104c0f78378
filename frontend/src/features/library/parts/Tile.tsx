import { clsx } from 'clsx';
import { Check, Heart } from 'lucide-react';
import { memo, useState, type HTMLAttributes } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { dragAsset } from '~/lib/drag';
import { blurOf, isClear } from '../blur';
import { nameOf } from '../name';

type Handlers = Pick<
  HTMLAttributes<HTMLElement>,
  'onClick' | 'onFocus' | 'onBlur' | 'onKeyDown' | 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onContextMenu'
>;

interface TileProps {
  asset: Asset | undefined;
  index: number;
  open: boolean;
  chosen: boolean;
  tabbable: boolean;
  /** Whether it can be picked up by a mouse; a finger that rests chooses instead. */
  draggable: boolean;
  handlers: Handlers;
}

/** One picture of the grid in as few elements as it takes: there are many of them. */
export const Tile = memo(function Tile({ asset, index, open, chosen, tabbable, draggable, handlers }: TileProps) {
  const [near, setNear] = useState(false);
  if (!asset) return <span className="block size-full rounded-card bg-sunken" />;
  return (
    <button
      type="button"
      data-index={index}
      tabIndex={tabbable ? 0 : -1}
      aria-current={open}
      {...(draggable && dragAsset(asset))}
      {...handlers}
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && setNear(true)}
      onPointerLeave={() => setNear(false)}
      className={clsx('relative block size-full touch-manipulation rounded-card select-none', (chosen || open) && 'selected-ring')}
    >
      <Thumb asset={asset} />
      {(chosen || near) && (
        <span data-check className={clsx('absolute top-0 left-0 p-2.5', !chosen && 'animate-appear')}>
          <span className={clsx('flex size-6 items-center justify-center rounded-[8px] border-2', chosen ? 'border-on-accent bg-accent-fill text-on-accent' : 'border-on-accent bg-scrim text-transparent')}>
            <Check size={15} strokeWidth={3} aria-label={chosen ? t('library.isChosen') : undefined} aria-hidden={!chosen} />
          </span>
        </span>
      )}
      {asset.is_favorite && (
        <span className="over absolute top-2.5 right-2.5 flex size-7 items-center justify-center rounded-chip">
          <Heart size={14} aria-label={t('asset.isFavorite')} className="fill-heart text-heart" />
        </span>
      )}
    </button>
  );
});

/** The picture above its blurred preview; where it is transparent, on a checkerboard. */
function Thumb({ asset }: { asset: Asset }) {
  const blur = blurOf(asset.thumbhash);
  return (
    <img
      src={asset.thumbnail_url ?? asset.file_url}
      alt={nameOf(asset)}
      width={asset.width ?? 1}
      height={asset.height ?? 1}
      decoding="async"
      draggable={false}
      style={blur ? { backgroundImage: `url(${blur})`, backgroundSize: '100% 100%' } : undefined}
      className={clsx('pointer-events-none size-full rounded-card object-cover', isClear(asset.thumbhash) ? 'checkerboard' : !blur && 'bg-sunken')}
    />
  );
}
