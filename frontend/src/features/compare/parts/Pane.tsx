import { clsx } from 'clsx';
import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, type PointerEvent, type ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Kbd } from '~/components/ImageStudio/ui/Kbd';
import { PictureLayer } from '~/features/picture/parts/PictureLayer';
import { nameOfAsset } from '~/lib/format';
import { seen, WHOLE, type Look } from '../sync';
import { useLook } from '../useLook';
import { PaneMenu } from './PaneMenu';

/** What a place is called: A to D. */
export const letterOf = (place: number) => String.fromCodePoint(65 + place);

const seedIn = ({ asset_metadata: facts }: Asset) => (typeof facts?.['seed'] === 'number' ? facts['seed'] : undefined);

interface PaneProps {
  asset: Asset;
  place: number;
  look: Look;
  /** Where the pointer is in one of the pictures, as shares of it. */
  cross: { x: number; y: number } | null;
  /** Whether the part that is seen is shown on a small whole. */
  mapped: boolean;
  onLook: (look: Look) => void;
  onCross: (cross: { x: number; y: number } | null) => void;
  onKeep: () => void;
  /** To the place before or after; undefined at the ends. */
  onMove: Record<'back' | 'on', (() => void) | undefined>;
}

/** One of the compared pictures, with its letter and whether it is kept. */
export function Pane({ asset, place, look, cross, mapped, onLook, onCross, onKeep, onMove }: PaneProps) {
  const stage = useRef<HTMLDivElement>(null);
  const size = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const { box, view } = useLook(stage, size, look, onLook);
  const letter = letterOf(place);
  const seed = seedIn(asset);
  const track = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    onCross({ x: (event.clientX - left - view.x) / (size.width * view.scale), y: (event.clientY - top - view.y) / (size.height * view.scale) });
  };
  return (
    <figure className="relative min-h-0 min-w-0 overflow-hidden rounded-control bg-sunken" aria-label={t('variants.picture', { letter })}>
      <div
        ref={stage}
        onPointerMove={track}
        onPointerLeave={() => onCross(null)}
        className={clsx('absolute inset-0 touch-none overflow-hidden', look !== WHOLE && 'cursor-grab active:cursor-grabbing')}
      >
        <PictureLayer src={asset.file_url} alt={t('variants.alt', { letter, name: nameOfAsset(asset) })} size={size} view={view} />
        {cross && <Cross left={view.x + cross.x * size.width * view.scale} top={view.y + cross.y * size.height * view.scale} />}
      </div>
      <figcaption className="over pointer-events-none absolute top-3 left-3 flex max-w-[calc(100%-24px)] items-center gap-2 rounded-chip py-1.5 pr-3 pl-1.5 text-second">
        <span className={clsx('flex size-6 shrink-0 items-center justify-center rounded-[7px] font-[640]', asset.is_favorite ? 'bg-ink text-on-ink' : 'bg-sunken')}>{letter}</span>
        <span className="truncate font-[600]">{seed === undefined ? nameOfAsset(asset) : t('results.seed', { seed })}</span>
        <span className="shrink-0 text-muted tabular-nums max-sm:hidden">{t('size.pixels', size)}</span>
      </figcaption>
      {mapped && look.closer > 1 && <Map asset={asset} part={seen(view, size, box)} />}
      <div className="pointer-events-none absolute inset-x-3 bottom-3 flex items-center justify-between gap-2 *:pointer-events-auto">
        <button
          type="button"
          data-over
          aria-pressed={asset.is_favorite}
          onClick={onKeep}
          className="over flex h-10 items-center gap-2 rounded-control px-3.5 text-body font-[600] aria-pressed:bg-ink aria-pressed:text-on-ink max-sm:h-11"
        >
          {asset.is_favorite && <Check size={16} aria-hidden />}
          {asset.is_favorite ? t('variants.kept') : t('variants.keep', { letter })}
          <Kbd className="rounded-[6px] bg-on-ink-chip px-1.5 py-0.5 max-sm:hidden">{String(place + 1)}</Kbd>
        </button>
        <span data-over className="flex gap-2">
          {onMove.back && (
            <Small label={t('variants.back', { letter })} onPress={onMove.back}>
              <ChevronLeft size={18} aria-hidden />
            </Small>
          )}
          {onMove.on && (
            <Small label={t('variants.on', { letter })} onPress={onMove.on}>
              <ChevronRight size={18} aria-hidden />
            </Small>
          )}
          <PaneMenu asset={asset} letter={letter} />
        </span>
      </div>
    </figure>
  );
}

function Small({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress} className="over flex size-10 items-center justify-center rounded-control max-sm:hidden">
      {children}
    </button>
  );
}

/** The same spot in every picture. */
function Cross({ left, top }: { left: number; top: number }) {
  return (
    <span aria-hidden className="pointer-events-none absolute -mt-2.5 -ml-2.5 size-5" style={{ left, top }}>
      <span className="absolute inset-x-0 top-[9px] h-0.5 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/25%)]" />
      <span className="absolute inset-y-0 left-[9px] w-0.5 bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/25%)]" />
    </span>
  );
}

const share = (part: number) => `${(part * 100).toFixed(2)}%`;

/** The whole picture, small, with a frame around what is seen of it. */
function Map({ asset, part }: { asset: Asset; part: ReturnType<typeof seen> }) {
  return (
    <span aria-hidden className="pointer-events-none absolute top-3 right-3 max-w-[36%] overflow-hidden rounded-chip shadow-pop max-sm:hidden">
      <img src={asset.thumbnail_url ?? asset.file_url} alt="" className="block max-h-28" />
      <span
        className="absolute rounded-[5px] outline-2 outline-thumb"
        style={{ left: share(part.left), top: share(part.top), width: share(part.width), height: share(part.height) }}
      />
    </span>
  );
}
