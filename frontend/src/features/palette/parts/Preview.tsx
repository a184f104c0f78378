import type { KeyboardEvent, Ref } from 'react';
import { PLACES } from '~/actions/places';
import type { ActionContext } from '~/actions/registry';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Kbd } from '~/components/ImageStudio/ui/Kbd';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { nameOfAsset, when } from '~/lib/format';

interface PreviewProps {
  ref: Ref<HTMLDivElement>;
  asset: Asset;
  context: ActionContext;
  onOpen: () => void;
  onClose: () => void;
}

/** The picture that a row is about, and what can be done with it; its letters work once the focus is here (→ or Tab). */
export function Preview({ ref, asset, context, onOpen, onClose }: PreviewProps) {
  const studios = PLACES.filter(({ takesPicture }) => takesPicture);
  const deeds = [
    { key: '↵', text: t('action.open'), perform: onOpen },
    ...studios.map(({ to, label, key }) => ({ key: key.toUpperCase(), text: t(label), perform: () => context.go(to, asset.id) })),
    { key: 'T', text: t('tray.add'), perform: () => context.toTray(asset.id) },
  ];
  const run = (perform: () => void) => {
    onClose();
    perform();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = deeds.find(({ key }) => key === event.key.toUpperCase());
    if (meant) return run(meant.perform);
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return undefined;
    event.preventDefault();
    return buttons[(buttons.indexOf(event.target as HTMLButtonElement) + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the letters of the buttons within
    <div ref={ref} onKeyDown={onKey} className="scroll-quiet hidden w-74 shrink-0 overflow-y-auto border-l border-line p-4 sm:block">
      <Photo
        key={asset.id}
        src={asset.thumbnail_url ?? asset.file_url}
        alt=""
        width={asset.width ?? 4}
        height={asset.height ?? 3}
        thumbhash={asset.thumbhash}
        className="h-48 w-full rounded-card"
        eager
      />
      <p className="mt-3 line-clamp-2 font-[620]">{nameOfAsset(asset)}</p>
      <p className="text-second text-muted tabular-nums">
        {[t('size.pixels', { width: asset.width ?? 0, height: asset.height ?? 0 }), when(asset.created_at)].join(', ')}
      </p>
      <div className="mt-3 flex flex-col">
        {deeds.map(({ key, text, perform }) => (
          <button
            key={key}
            type="button"
            onClick={() => run(perform)}
            className="-mx-2 flex h-9 items-center justify-between rounded-chip px-2 text-second font-[560] hover:bg-sunken"
          >
            {text}
            <Kbd>{key}</Kbd>
          </button>
        ))}
      </div>
    </div>
  );
}
