import { useState } from 'react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { fieldSkin } from '~/components/ImageStudio/ui/Field';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { useAssetPages } from '~/features/library/queries';
import { useSettled } from '~/lib/react';
import { PictureTile } from './PictureTile';

interface PicturePickerProps {
  onChoose: (assetId: string) => void;
  onClose: () => void;
}

/** A picture of the library, found by words or by looking. */
export function PicturePicker({ onChoose, onClose }: PicturePickerProps) {
  const [typed, setTyped] = useState('');
  const pages = useAssetPages({ search: useSettled(typed.trim(), 250), favorites: false });
  const assets = pages.data?.pages.flatMap((page) => page.assets) ?? [];
  const choose = (id: string) => {
    onChoose(id);
    onClose();
  };
  return (
    <Dialog title={t('picture.fromLibrary')} open onClose={onClose} wide>
      <div className="px-5 pb-3">
        <input
          type="search"
          aria-label={t('picture.search')}
          placeholder={t('picture.search')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          className={`${fieldSkin} h-11 border-line-strong`}
        />
      </div>
      <div className="scroll-quiet min-h-60 overflow-y-auto px-5 pb-5">
        {pages.isPending && <LoadingSkeleton className="h-60" />}
        {pages.data && assets.length === 0 && <p className="py-12 text-center text-muted">{t('picture.none')}</p>}
        <ul className="grid grid-cols-3 gap-2.5 p-1 sm:grid-cols-6">
          {assets.map((asset) => (
            <li key={asset.id} className="aspect-square">
              <PictureTile asset={asset} onChoose={choose} />
            </li>
          ))}
        </ul>
        {pages.hasNextPage && (
          <Button className="mx-auto mt-4 flex" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('picture.more')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
