import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Check, Heart } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { useAsset } from '~/features/library/queries';
import { dragAsset } from '~/lib/drag';
import { useWide } from '~/lib/react';
import { preferences } from '~/theme/preferences';
import { useResultVerbs, type ResultVerbs } from '../useResultVerbs';
import { ResultMenu } from './ResultMenu';
import { ResultStrip } from './ResultStrip';

/** How a picture stands in its gallery, and what the gallery does for it. */
export interface ShownProps {
  name: string;
  /** In focus: shown with its actions. */
  large: boolean;
  picked: boolean;
  onFocus: () => void;
  onPick: (id: string) => void;
  /** Undefined where there is nothing to compare with. */
  onCompare: ((id: string) => void) | undefined;
  /** The same settings once more, with this picture's seed. */
  onAgain: () => void;
}

interface ReadyTileProps extends ShownProps {
  job: Job;
  picture: Picture;
}

/** A finished picture: small it comes into focus at a press, large it shows what can be done with it. */
export function ReadyTile({ job, picture, name, large, picked, onFocus, onPick, onCompare, onAgain }: ReadyTileProps) {
  const wide = useWide();
  const prompt = job.request['prompt'];
  const alt = typeof prompt === 'string' ? t('results.alt', { name, prompt }) : name;
  const { data: asset, error } = useAsset(picture.id);
  const verbs = useResultVerbs(asset, { onPick: () => onPick(picture.id), onCompare: onCompare && (() => onCompare(picture.id)) });
  if (error && !asset) return <Gone />;
  const { width, height, url } = picture;
  const photo = { alt, width, height, thumbhash: picture.thumbhash ?? asset?.thumbhash, className: 'size-full rounded-card' };
  const whole = large || !wide;
  return (
    <div
      role="presentation"
      onKeyDown={(event) => heed(event, verbs)}
      {...dragAsset(asset ?? picture)}
      className={clsx('group relative size-full rounded-card', picked && 'selected-ring')}
    >
      {whole ? (
        <Link to="/library" search={{ asset: picture.id }} aria-label={t('results.open', { name })} draggable={false} className="block size-full rounded-card">
          <Photo {...photo} src={url} eager />
        </Link>
      ) : (
        <button type="button" onClick={onFocus} aria-label={t('results.focus', { name })} className="block size-full rounded-card">
          <Photo {...photo} src={picture.thumbnail_url ?? asset?.thumbnail_url ?? url} />
        </button>
      )}
      {picked && (
        <span title={t('results.picked')} className="absolute top-3 left-3 flex size-6 items-center justify-center rounded-full bg-accent-fill text-on-accent">
          <Check size={14} strokeWidth={3} aria-hidden />
        </span>
      )}
      <div className={clsx('absolute top-3 right-3 flex gap-2', !whole && 'opacity-0 transition duration-120 group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 [@media(hover:none)]:opacity-100')}>
        <IconButton look="over" label={verbs.loved ? t('asset.unfavorite') : t('asset.favorite')} aria-pressed={verbs.loved} onClick={verbs.favour}>
          <Heart size={18} aria-hidden className={clsx(verbs.loved && 'fill-heart text-heart')} />
        </IconButton>
        <ResultMenu id={picture.id} name={name} picked={picked} verbs={verbs} onAgain={onAgain} />
      </div>
      {whole && <ResultStrip picture={picture} verbs={verbs} />}
    </div>
  );
}

/** Single letters act on the picture that has the focus, where the person wants such keys. */
function heed(event: KeyboardEvent<HTMLElement>, { byKey }: ResultVerbs): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target, currentTarget } = event;
  const inside = target instanceof Node && currentTarget.contains(target);
  if (!inside || !preferences().keys || ctrlKey || metaKey || altKey || shiftKey) return;
  const verb = key.toLowerCase();
  if (!(verb in byKey)) return;
  event.preventDefault();
  byKey[verb as keyof typeof byKey]();
}

function Gone() {
  return (
    <div className="flex size-full items-center justify-center rounded-card border border-line bg-sunken p-4 text-center text-second text-muted">
      {t('results.trashed')}
    </div>
  );
}
