import { lazy, Suspense } from 'react';
import type { ActionContext } from '~/actions/registry';
import { hide, useSurface } from '~/actions/surfaces';
import { useArrived } from '~/features/drop/store';
import { useSaveAs } from '~/features/saveas/store';
import { useTray } from '~/features/tray/store';
import { JobNews } from './JobNews';
import { MoreSheet } from './MoreSheet';
import { ShortcutHelp } from './ShortcutHelp';

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette')).CommandPalette }));
const ArrivalDialog = lazy(async () => ({ default: (await import('./ArrivalDialog')).ArrivalDialog }));
const SaveAsDialog = lazy(async () => ({ default: (await import('~/features/saveas/parts/SaveAsDialog')).SaveAsDialog }));
const Tray = lazy(async () => ({ default: (await import('./Tray')).Tray }));

/** What opens above any page: palette, help, the phone's other places, arriving pictures, the tray. */
export function ShellExtras({ context }: { context: ActionContext }) {
  const surface = useSurface();
  const arrived = useArrived();
  const tray = useTray();
  const saved = useSaveAs();
  return (
    <>
      <JobNews />
      {surface === 'more' && <MoreSheet onClose={hide} />}
      {surface === 'help' && <ShortcutHelp open onClose={hide} />}
      <Suspense>{surface === 'palette' && <CommandPalette context={context} onClose={hide} />}</Suspense>
      <Suspense>{arrived && <ArrivalDialog files={arrived} context={context} />}</Suspense>
      <Suspense>{saved !== null && <SaveAsDialog key={saved} assetId={saved} />}</Suspense>
      <Suspense>{tray.length > 0 && <Tray ids={tray} context={context} />}</Suspense>
    </>
  );
}
