import type { Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';

interface MoreTileProps {
  pictures: readonly Picture[];
  count: number;
  onMore: () => void;
}

const FAN = ['-rotate-8 translate-y-1', 'z-1 -translate-y-1 rotate-2', 'translate-y-1 rotate-8'];

/** The last cell of a finished run: the same description once more, with other seeds. */
export function MoreTile({ pictures, count, onMore }: MoreTileProps) {
  return (
    <div className="flex size-full flex-col justify-end gap-1 overflow-hidden rounded-card border border-line p-4 [container-type:size]">
      <div aria-hidden className="m-auto hidden items-center justify-center py-2 [@container(min-width:170px)_and_(min-height:210px)]:flex">
        {pictures.slice(0, FAN.length).map((picture, index) => (
          <img
            key={picture.id}
            src={picture.thumbnail_url ?? picture.url}
            alt=""
            className={`-mx-2 aspect-4/5 max-h-28 w-18 rounded-chip border-2 border-solid object-cover shadow-panel ${FAN[index]}`}
          />
        ))}
      </div>
      <p className="text-section font-[620]">{t('results.more')}</p>
      <p className="hidden text-second text-muted [@container(min-height:110px)]:block">{t('results.moreNote')}</p>
      <Button small onClick={onMore} className="mt-2 self-start">
        {t('results.moreButton', { count })}
      </Button>
    </div>
  );
}
