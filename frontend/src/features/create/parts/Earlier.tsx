import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { SectionHeader } from '~/components/ImageStudio/ui/SectionHeader';
import { shapeOf } from '~/features/library/grid';
import { useAssetPages } from '~/features/library/queries';
import { useWidth } from '~/lib/react';
import { nameOfAsset } from '~/lib/format';

const HEIGHT = 152;

/** As many as fill a row of this width at their own shapes, at least one. */
function fill(assets: readonly Asset[], width: number): Asset[] {
  let room = width / HEIGHT;
  return assets.filter((asset, index) => {
    room -= shapeOf(asset);
    return room > -0.4 || index === 0;
  });
}

const isToday = (iso: string) => new Date(iso).toDateString() === new Date().toDateString();

/** The last pictures of the library in one justified row. */
export function Earlier({ except }: { except: readonly string[] }) {
  const { data } = useAssetPages({ search: '', favorites: false });
  const row = useRef<HTMLElement>(null);
  const others = data?.pages[0]?.assets.filter(({ id }) => !except.includes(id)) ?? [];
  const recent = fill(others.slice(0, 12), useWidth(row));
  return (
    <section ref={row} hidden={recent.length === 0} className="mt-2">
      <SectionHeader title={recent.every(({ created_at: at }) => isToday(at)) ? t('create.earlierToday') : t('create.earlier')}>
        <Link to="/library" className="text-second font-[560] text-accent hover:underline">
          {t('create.all')}
        </Link>
      </SectionHeader>
      <ul className="mt-1.5 flex h-38 gap-3">
        {recent.map((asset) => {
          const ratio = shapeOf(asset);
          return (
            <li key={asset.id} className="min-w-0" style={{ flex: `${ratio} 1 0`, maxWidth: ratio * HEIGHT * 1.25 }}>
              <Link to="/library" search={{ asset: asset.id }} className="block h-full rounded-card">
                <AssetPhoto asset={asset} alt={nameOfAsset(asset)} className="size-full rounded-card" />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
