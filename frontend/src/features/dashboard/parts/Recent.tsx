import { Link } from '@tanstack/react-router';
import { Heart } from 'lucide-react';
import { useRef } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { shapeOf } from '~/features/library/grid';
import { STUDIOS } from '~/features/picture/sendTo';
import { dragAsset } from '~/lib/drag';
import { nameOfAsset } from '~/lib/format';
import { useMedia, useWidth } from '~/lib/react';
import { rowsOf } from '../rows';

const GAP = 10;
/** Sent there by a press on the tile. */
const WAYS = STUDIOS.slice(0, 3);

interface RecentProps {
  assets: readonly Asset[] | undefined;
  /** How many pictures are on their way to a library that has none. */
  coming: number;
}

/** What was touched last, in rows as wide as the page. */
export function Recent({ assets, coming }: RecentProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const phone = useMedia('(max-width: 640px)');
  const rows = rowsOf(assets ?? [], shapeOf, { width, gap: GAP, wanted: phone ? 170 : 216, most: phone ? 5 : 3 });
  return (
    <div ref={box} className="flex flex-col gap-2.5">
      {!assets && <LoadingSkeleton className="h-52" />}
      {assets?.length === 0 && (
        <div className="grid grid-cols-3 gap-2.5 max-sm:grid-cols-2">
          {Array.from({ length: coming }, (_, at) => (
            <LoadingSkeleton key={at} className="h-48" />
          ))}
        </div>
      )}
      {rows.map(({ items, height }) => (
        <ul key={items[0]?.id} className="flex gap-2.5" style={{ height }}>
          {items.map((asset) => (
            <li key={asset.id} className="group relative shrink-0" style={{ width: height * shapeOf(asset) }}>
              <Tile asset={asset} narrow={height * shapeOf(asset) < 210} />
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}

function Tile({ asset, narrow }: { asset: Asset; narrow: boolean }) {
  const name = nameOfAsset(asset);
  return (
    <>
      <Link to="/library" search={{ asset: asset.id }} {...dragAsset(asset)} aria-label={name} className="block size-full rounded-card">
        <AssetPhoto asset={asset} className="size-full rounded-card" />
      </Link>
      {asset.is_favorite && (
        <span className="over pointer-events-none absolute top-2.5 left-2.5 flex size-7 items-center justify-center rounded-chip">
          <Heart size={14} role="img" aria-label={t('asset.isFavorite')} className="fill-heart text-heart" />
        </span>
      )}
      <div className="pointer-events-none absolute inset-x-2.5 bottom-2.5 flex items-center gap-2 opacity-0 transition duration-120 ease-studio group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden">
        {!narrow && <span className="over h-8 min-w-0 truncate rounded-chip px-2.5 text-caption leading-[30px] font-[580]">{name}</span>}
        <span className="pointer-events-auto ml-auto flex gap-1.5">
          {WAYS.map(({ to, label, Icon }) => (
            <Link key={to} to={to} search={{ asset: asset.id }} title={t(label)} aria-label={t('home.with', { studio: t(label), name })} className="over flex size-8 items-center justify-center rounded-chip hover:bg-raised">
              <Icon size={15} aria-hidden />
            </Link>
          ))}
        </span>
      </div>
    </>
  );
}
