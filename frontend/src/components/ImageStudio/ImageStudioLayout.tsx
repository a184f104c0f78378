import { clsx } from 'clsx';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Brush, Crop, Images, PencilRuler, Scaling, Sparkles, UsersRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '~/actions/useShortcuts';
import { t } from '~/app/i18n';
import { turnTheme } from '~/theme/theme';
import { SessionGate } from './SessionGate';
import { Mark } from './ui/Mark';

const ShortcutHelp = lazy(async () => ({ default: (await import('./ShortcutHelp')).ShortcutHelp }));

const PLACES = [
  { to: '/create', label: 'place.create', Icon: Sparkles },
  { to: '/edit', label: 'place.edit', Icon: Brush },
  { to: '/upscale', label: 'place.upscale', Icon: Scaling },
  { to: '/social', label: 'place.social', Icon: Crop },
  { to: '/control', label: 'place.control', Icon: PencilRuler },
  { to: '/library', label: 'place.library', Icon: Images },
] as const;

/** The shell around every studio: rail or bottom bar, and the page. */
export function ImageStudioLayout() {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  useShortcuts({ go: (to) => void navigate({ to }), turnTheme, showHelp: () => setHelp(true) });
  return (
    <SessionGate>
      <a href="#page" className="over sr-only rounded-control px-4 py-2 focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50">
        {t('shell.skip')}
      </a>
      <Rail />
      <main id="page" tabIndex={-1} className="outline-none sm:ml-26 sm:pr-5 lg:h-dvh">
        <Outlet />
      </main>
      <Suspense>{help && <ShortcutHelp open onClose={() => setHelp(false)} />}</Suspense>
    </SessionGate>
  );
}

function Rail() {
  return (
    <nav
      aria-label={t('shell.places')}
      className="glass-blur fixed z-30 flex max-sm:inset-x-3 max-sm:bottom-[calc(12px+env(safe-area-inset-bottom))] max-sm:h-17 max-sm:items-center max-sm:rounded-bar max-sm:px-1.5 sm:inset-y-3 sm:left-3 sm:w-18 sm:flex-col sm:items-center sm:gap-1 sm:rounded-rail sm:pt-3.5"
    >
      <Link to="/create" aria-label={t('app.name')} className="mb-3 rounded-[11px] max-sm:hidden">
        <Mark size={36} />
      </Link>
      {PLACES.map((place) => (
        <Place key={place.to} {...place} />
      ))}
      <Place to="/personas" label="place.personas" Icon={UsersRound} className="mt-auto mb-2 max-sm:hidden" />
    </nav>
  );
}

interface PlaceProps {
  to: (typeof PLACES)[number]['to'] | '/personas';
  label: (typeof PLACES)[number]['label'] | 'place.personas';
  Icon: typeof Sparkles;
  className?: string;
}

function Place({ to, label, Icon, className }: PlaceProps) {
  return (
    <Link
      to={to}
      className={clsx(
        'flex flex-col items-center justify-center gap-1.5 rounded-[14px] border border-transparent text-rail font-[520] text-muted transition duration-120 ease-studio hover:text-fg data-[status=active]:border-line data-[status=active]:bg-segment data-[status=active]:font-[620] data-[status=active]:text-fg max-sm:h-14 max-sm:min-w-0 max-sm:flex-1 max-sm:text-[10px] sm:h-14 sm:w-15',
        className,
      )}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      {t(label)}
    </Link>
  );
}
