import { Link } from '@tanstack/react-router';
import { Contrast, Search } from 'lucide-react';
import { PLACES } from '~/actions/places';
import { show } from '~/actions/surfaces';
import { t } from '~/app/i18n';
import { turnTheme } from '~/theme/theme';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';

/** On phones: the places that the bar has no room for, the search, and the light. */
export function MoreSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('place.more')} open onClose={onClose}>
      <div className="scroll-quiet overflow-y-auto px-4.5 pt-1 pb-6">
        <Button look="quiet" className="mb-3 w-full justify-start" onClick={() => show('palette')}>
          <Search size={18} aria-hidden />
          {t('palette.ask')}
        </Button>
        <div className="grid grid-cols-3 gap-2.5">
          {PLACES.filter(({ bar }) => !bar).map(({ to, label, Icon }) => (
            <Link
              key={to}
              to={to}
              onClick={onClose}
              className="quiet-control flex h-22 flex-col items-center justify-center gap-2 rounded-button text-second font-[560] data-[status=active]:bg-ink data-[status=active]:text-on-ink"
            >
              <Icon size={22} strokeWidth={1.75} aria-hidden />
              {t(label)}
            </Link>
          ))}
        </div>
        <Button className="mt-3 w-full justify-start" onClick={turnTheme}>
          <Contrast size={18} aria-hidden />
          {t('action.theme')}
        </Button>
      </div>
    </Dialog>
  );
}
