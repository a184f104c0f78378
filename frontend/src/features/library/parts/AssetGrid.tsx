import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Heart } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { useWidth } from '~/lib/react';
import { shapeOf, step } from '../grid';

const GAP = 10;

interface AssetGridProps {
  assets: readonly Asset[];
  total: number;
  open: string | undefined;
  onOpen: (asset: Asset) => void;
  onFavorite: (asset: Asset) => void;
  onTrash: (asset: Asset) => void;
  /** Called when the end comes near. */
  onMore: () => void;
}

/** Masonry lanes of any length; only what is seen is in the page. Arrow keys move, Enter opens, F and Delete do. */
export function AssetGrid({ assets, total, open, onOpen, onFavorite, onTrash, onMore }: AssetGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const lanes = Math.max(2, Math.round(width / 240));
  const lane = (width - GAP * (lanes - 1)) / lanes;
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: assets.length,
    lanes,
    gap: GAP,
    overscan: 8,
    initialRect: { width: 960, height: 800 },
    getScrollElement: () => scroller.current,
    getItemKey: (index) => assets[index]?.id ?? index,
    estimateSize: (index) => lane / shapeOf(assets[index]),
  });
  useEffect(() => virtual.measure(), [virtual, lane]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= assets.length - lanes * 2) onMore();
  }, [last, assets.length, lanes, onMore]);

  const onKey = (event: KeyboardEvent) => {
    const asset = assets[current];
    const next = step(event.key, current, lanes, assets.length);
    if (next !== null) {
      setCurrent(next);
      virtual.scrollToIndex(next);
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
    } else if (asset && event.key.toLowerCase() === 'f') onFavorite(asset);
    else if (asset && event.key === 'Delete') onTrash(asset);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className="scroll-quiet -m-1 min-h-0 flex-1 overflow-y-auto p-1 max-sm:pb-24">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start, lane: column }) => {
          const asset = assets[index];
          if (!asset) return null;
          return (
            <li
              key={key}
              aria-setsize={total}
              aria-posinset={index + 1}
              className="absolute top-0"
              style={{ left: column * (lane + GAP), width: lane, height: lane / shapeOf(asset), transform: `translateY(${start}px)` }}
            >
              <Cell
                asset={asset}
                index={index}
                chosen={asset.id === open}
                tabbable={index === Math.min(current, assets.length - 1)}
                onOpen={() => onOpen(asset)}
                onFocus={() => setCurrent(index)}
                onKey={onKey}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface CellProps {
  asset: Asset;
  index: number;
  chosen: boolean;
  tabbable: boolean;
  onOpen: () => void;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
}

function Cell({ asset, index, chosen, tabbable, onOpen, onFocus, onKey }: CellProps) {
  return (
    <button
      type="button"
      data-index={index}
      tabIndex={tabbable ? 0 : -1}
      aria-current={chosen}
      onClick={onOpen}
      onFocus={onFocus}
      onKeyDown={onKey}
      className={clsx('relative block size-full rounded-card', chosen && 'selected-ring')}
    >
      <Photo
        src={asset.thumbnail_url ?? asset.file_url}
        alt={asset.title || asset.prompt || asset.filename}
        width={asset.width ?? 1}
        height={asset.height ?? 1}
        thumbhash={asset.thumbhash}
        className="size-full rounded-card"
      />
      {asset.is_favorite && (
        <span className="over absolute top-2 right-2 flex size-7 items-center justify-center rounded-chip">
          <Heart size={14} aria-label={t('asset.isFavorite')} className="fill-heart text-heart" />
        </span>
      )}
    </button>
  );
}
