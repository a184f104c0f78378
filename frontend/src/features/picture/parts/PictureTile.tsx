import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Photo } from '~/components/ImageStudio/ui/Photo';

/** A square of the library that chooses its picture. */
export function PictureTile({ asset, onChoose }: { asset: Asset; onChoose: (assetId: string) => void }) {
  const name = asset.title || asset.prompt || asset.filename;
  return (
    <button type="button" aria-label={t('picture.take', { name })} title={name} onClick={() => onChoose(asset.id)} className="block size-full rounded-card hover:opacity-85">
      <Photo
        src={asset.thumbnail_url ?? asset.file_url}
        alt=""
        width={asset.width ?? 1}
        height={asset.height ?? 1}
        thumbhash={asset.thumbhash}
        className="size-full rounded-card"
      />
    </button>
  );
}
