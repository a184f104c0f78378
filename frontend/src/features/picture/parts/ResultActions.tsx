import { Link } from '@tanstack/react-router';
import { Download, Images } from 'lucide-react';
import type { Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { buttonLook } from '~/components/ImageStudio/ui/Button';
import { SendTo } from './SendTo';

/** The ways on for a result: take it along, see it in the library, or work on. */
export function ResultActions({ picture }: { picture: Picture }) {
  return (
    <div className="flex flex-wrap gap-2">
      <a href={picture.url} download className={buttonLook('ink', 'sm:px-3')}>
        <Download size={16} aria-hidden />
        {t('asset.save')}
      </a>
      <Link to="/library" search={{ asset: picture.id }} className={buttonLook('plain', 'sm:px-3')}>
        <Images size={16} aria-hidden />
        {t('place.library')}
      </Link>
      <SendTo assetId={picture.id} />
    </div>
  );
}
