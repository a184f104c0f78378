import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Download, Heart, Info, Scissors } from 'lucide-react';
import type { Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { useCutOutFlow } from '~/features/library/cutout';
import { useAsset, useFavorite } from '~/features/library/queries';
import { STUDIOS } from '~/features/picture/sendTo';
import { useWide } from '~/lib/react';

interface ReadyTileProps {
  job: Job;
  picture: Picture;
  name: string;
  large: boolean;
  onFocus: () => void;
}

/** A finished picture: small it comes into focus at a press, large it shows what can be done with it. */
export function ReadyTile({ job, picture, name, large, onFocus }: ReadyTileProps) {
  const wide = useWide();
  const prompt = job.request['prompt'];
  const alt = typeof prompt === 'string' ? t('results.alt', { name, prompt }) : name;
  // A finished job tells less of its pictures than its events did; the library knows the rest.
  const { data: asset } = useAsset(picture.thumbnail_url ? undefined : picture.id);
  const { width, height, url } = picture;
  const small = picture.thumbnail_url ?? asset?.thumbnail_url;
  const thumbhash = picture.thumbhash ?? asset?.thumbhash;
  const photo = { alt, width, height, thumbhash, className: 'size-full rounded-card' };
  if (wide && !large) {
    return (
      <button type="button" onClick={onFocus} aria-label={t('results.focus', { name })} className="block size-full rounded-card">
        <Photo {...photo} src={small ?? url} />
      </button>
    );
  }
  return (
    <>
      <Photo {...photo} src={url} eager />
      <Favorite id={picture.id} />
      <Strip picture={picture} />
    </>
  );
}

function Favorite({ id }: { id: string }) {
  const { data: asset } = useAsset(id);
  const favorite = useFavorite();
  if (!asset) return null;
  const on = favorite.isPending ? !asset.is_favorite : asset.is_favorite;
  return (
    <IconButton
      look="over"
      label={on ? t('asset.unfavorite') : t('asset.favorite')}
      aria-pressed={on}
      onClick={() => favorite.mutate(asset)}
      className="absolute top-3 right-3"
    >
      <Heart size={18} aria-hidden className={clsx(on && 'fill-heart text-heart')} />
    </IconButton>
  );
}

const item =
  'flex h-10 flex-1 items-center justify-center gap-2 rounded-chip px-2 text-second font-[570] whitespace-nowrap hover:bg-sunken max-sm:h-11';

// On a narrow picture the icons stand alone; their words are still read out.
const word = '@max-[360px]:sr-only';

function Strip({ picture }: { picture: Picture }) {
  const cutOut = useCutOutFlow();
  return (
    <div className="over absolute inset-x-2.5 bottom-3 mx-auto flex max-w-[440px] rounded-[14px] p-1 @container">
      <a href={picture.url} download className={item}>
        <Download size={16} aria-hidden />
        <span className={word}>{t('asset.save')}</span>
      </a>
      {STUDIOS.slice(0, 1).map(({ to, label, Icon }) => (
        <Link key={to} to={to} search={{ asset: picture.id }} className={item}>
          <Icon size={16} aria-hidden />
          <span className={word}>{t(label)}</span>
        </Link>
      ))}
      <button type="button" disabled={cutOut.busy} onClick={() => cutOut.start(picture.id)} className={clsx(item, 'disabled:opacity-60')}>
        <Scissors size={16} aria-hidden />
        <span className={word}>{cutOut.busy ? t('asset.cuttingOut') : t('asset.cutOut')}</span>
      </button>
      <Link to="/library" search={{ asset: picture.id }} className={item}>
        <Info size={16} aria-hidden />
        <span className={word}>{t('asset.details')}</span>
      </Link>
    </div>
  );
}
