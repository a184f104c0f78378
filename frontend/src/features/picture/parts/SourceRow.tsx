import { Replace } from 'lucide-react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { bytes, nameOfAsset } from '~/lib/format';

/** Which picture is worked on, and the way to another one. */
export function SourceRow({ asset, onOther }: { asset: Asset; onOther: () => void }) {
  const [width, height] = [asset.width ?? 1, asset.height ?? 1];
  return (
    <div className="flex items-center gap-3">
      <AssetPhoto asset={asset} className="size-12 shrink-0 rounded-control" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-[600]">{nameOfAsset(asset)}</p>
        <p className="truncate text-second text-muted tabular-nums">
          {t('size.pixels', { width, height })}, {bytes(asset.file_size)}
        </p>
      </div>
      <IconButton label={t('picture.other')} onClick={onOther} className="-mr-2">
        <Replace size={17} aria-hidden />
      </IconButton>
    </div>
  );
}
