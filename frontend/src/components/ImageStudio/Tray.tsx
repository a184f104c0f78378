import { Layers, X } from 'lucide-react';
import { useState } from 'react';
import { PLACES } from '~/actions/places';
import type { ActionContext } from '~/actions/registry';
import { t } from '~/app/i18n';
import { clearTray, fromTray, restoreTray } from '~/features/tray/store';
import { TrayItem } from '~/features/tray/parts/TrayItem';
import { say } from '~/features/toasts/store';
import { takeAsset } from '~/lib/drag';
import { useMedia } from '~/lib/react';
import { Button, IconButton } from './ui/Button';
import { Dialog } from './ui/Dialog';

interface TrayProps {
  ids: readonly string[];
  context: ActionContext;
}

/** Picked-up pictures at the foot of every page; on phones a chip that opens them. */
export function Tray({ ids, context }: TrayProps) {
  const narrow = useMedia('(max-width: 640px)');
  return narrow ? <Pocket ids={ids} context={context} /> : <Strip ids={ids} context={context} />;
}

const clear = (ids: readonly string[]) => {
  clearTray();
  say({ text: t('tray.cleared', { count: ids.length }), action: { label: t('action.undo'), perform: () => restoreTray(ids) } });
};

const items = (ids: readonly string[], context: ActionContext, size: string) =>
  ids.map((id) => (
    <TrayItem
      key={id}
      id={id}
      size={size}
      studios={PLACES.filter(({ takesPicture }) => takesPicture).map(({ to, label, Icon }) => ({ label: t(label), Icon, open: () => context.go(to, id) }))}
      onRemove={() => fromTray(id)}
    />
  ));

function Strip({ ids, context }: TrayProps) {
  return (
    <section
      aria-label={t('tray.title')}
      {...takeAsset(context.toTray)}
      className="over fixed bottom-3 left-1/2 z-20 ml-13 flex max-w-[min(720px,calc(100vw-260px))] -translate-x-1/2 animate-rise items-center gap-2 rounded-button p-2 shadow-pop"
    >
      <Layers size={17} aria-hidden className="mx-1.5 shrink-0 text-muted" />
      <ul className="scroll-quiet flex gap-1.5 overflow-x-auto">{items(ids, context, 'size-12')}</ul>
      <IconButton label={t('tray.clear')} onClick={() => clear(ids)}>
        <X size={17} aria-hidden />
      </IconButton>
    </section>
  );
}

function Pocket({ ids, context }: TrayProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="over fixed right-3 bottom-[calc(88px+env(safe-area-inset-bottom))] z-20 flex h-11 animate-rise items-center gap-2 rounded-control px-3.5 font-[580] shadow-pop"
      >
        <Layers size={17} aria-hidden />
        {t('tray.count', { count: ids.length })}
      </button>
      <Dialog title={t('tray.title')} open={open} onClose={() => setOpen(false)}>
        <div className="scroll-quiet overflow-y-auto px-5 pb-6">
          <ul className="grid grid-cols-3 gap-2.5">{items(ids, context, 'aspect-square w-full')}</ul>
          <Button look="quiet" className="mt-4 w-full" onClick={() => clear(ids)}>
            {t('tray.clear')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
