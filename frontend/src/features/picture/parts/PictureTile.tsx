import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { nameOfAsset } from '~/lib/format';

/** A square of the library that chooses its picture. */
export function PictureTile({ asset, onChoose }: { asset: Asset; onChoose: (assetId: string) => void }) {
  const name = nameOfAsset(asset);
  return (
    <button type="button" aria-label={t('picture.take', { name })} title={name} onClick={() => onChoose(asset.id)} className="block size-full rounded-card hover:opacity-85">
      <AssetPhoto asset={asset} className="size-full rounded-card" />
    </button>
  );
}
