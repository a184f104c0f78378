import { Outlet } from '@tanstack/react-router';
import { ImageDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSurface } from '~/actions/surfaces';
import { useActionContext } from '~/actions/useActionContext';
import { useShortcuts } from '~/actions/useShortcuts';
import { t } from '~/app/i18n';
import { receive } from '~/features/drop/store';
import { useIdle } from '~/lib/react';
import { useFileEntry } from '~/lib/useFileEntry';
import { Rail } from './Rail';
import { SessionGate } from './SessionGate';

// Nothing of it is part of the first look.
const ShellExtras = lazy(async () => ({ default: (await import('./ShellExtras')).ShellExtras }));

/** The shell around every studio: rail or bottom bar, the page, and what opens above it. */
export function ImageStudioLayout() {
  return (
    <SessionGate>
      <Shell />
    </SessionGate>
  );
}

function Shell() {
  const context = useActionContext();
  useShortcuts(context);
  const above = useFileEntry(receive, true);
  const surface = useSurface();
  const wanted = useIdle() || surface !== null;
  return (
    <>
      <a href="#page" className="over sr-only rounded-control px-4 py-2 focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50">
        {t('shell.skip')}
      </a>
      <Rail onSend={context.go} />
      <main id="page" tabIndex={-1} className="outline-none sm:ml-26 sm:pr-5 lg:h-dvh">
        <Outlet />
      </main>
      {above && <DropHere />}
      <Suspense>{wanted && <ShellExtras context={context} />}</Suspense>
    </>
  );
}

/** What is seen while files hang above a page that has no field of its own for them. */
function DropHere() {
  return (
    <div className="over pointer-events-none fixed inset-3 z-40 flex animate-appear flex-col items-center justify-center gap-3 rounded-panel outline-2 -outline-offset-8 outline-accent outline-dashed">
      <ImageDown size={40} strokeWidth={1.5} aria-hidden className="text-accent" />
      <p className="text-title font-[620]">{t('drop.here')}</p>
      <p className="text-second text-muted">{t('drop.note')}</p>
    </div>
  );
}
