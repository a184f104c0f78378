import { clsx } from 'clsx';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { PLACES, type Place as PlaceOf } from '~/actions/places';
import { show, useSurface } from '~/actions/surfaces';
import { t } from '~/app/i18n';
import { takeAsset } from '~/lib/drag';
import { Mark } from './ui/Mark';

const look =
  'flex flex-col items-center justify-center gap-1.5 rounded-[14px] border border-transparent text-rail font-[520] text-muted transition duration-120 ease-studio hover:text-fg data-[status=active]:border-line data-[status=active]:bg-segment data-[status=active]:font-[620] data-[status=active]:text-fg max-sm:h-14 max-sm:min-w-0 max-sm:flex-1 sm:h-14 sm:w-16 sm:shrink-0';

interface RailProps {
  /** An asset was dropped on a studio. */
  onSend: (to: PlaceOf['to'], asset: string) => void;
}

/** The studios at the left, what surrounds them at the foot; on phones a bar of five. */
export function Rail({ onSend }: RailProps) {
  return (
    <nav
      aria-label={t('shell.places')}
      className="glass-blur fixed z-30 flex max-sm:inset-x-3 max-sm:bottom-[calc(12px+env(safe-area-inset-bottom))] max-sm:h-17 max-sm:items-center max-sm:rounded-bar max-sm:px-1.5 sm:inset-y-3 sm:left-3 sm:w-18 sm:flex-col sm:items-center sm:rounded-rail sm:py-3.5"
    >
      <Link to="/" aria-label={t('app.name')} className="mb-3 shrink-0 rounded-[11px] max-sm:hidden">
        <Mark size={36} />
      </Link>
      <div className="rail-places contents sm:flex sm:min-h-0 sm:flex-1 sm:flex-col sm:items-center sm:gap-1 sm:overflow-y-auto">
        {PLACES.map((place, index) => (
          <Place key={place.to} place={place} first={place.foot === true && !PLACES[index - 1]?.foot} onSend={onSend} />
        ))}
      </div>
      <More />
    </nav>
  );
}

/** `first`: of those at the foot. */
function Place({ place, first, onSend }: RailProps & { place: PlaceOf; first: boolean }) {
  const { to, label, Icon, bar, takesPicture } = place;
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/' }}
      {...(takesPicture && takeAsset((asset) => onSend(to, asset)))}
      {...(takesPicture && { 'data-takes': '' })}
      className={clsx(look, first && 'sm:mt-auto', !bar && 'max-sm:hidden')}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <span className="max-w-full truncate max-sm:px-0.5">{t(label)}</span>
    </Link>
  );
}

/** The fifth of the phone's bar: the other places. */
function More() {
  const matches = useMatchRoute();
  const open = useSurface() === 'more';
  const here = PLACES.some(({ to, bar }) => !bar && matches({ to }));
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={() => show('more')}
      data-status={here ? 'active' : undefined}
      className={clsx(look, 'sm:hidden')}
    >
      <Ellipsis size={20} strokeWidth={1.75} aria-hidden />
      {t('place.more')}
    </button>
  );
}
