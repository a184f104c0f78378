import { clsx } from 'clsx';
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { PictureLayer } from '~/features/picture/parts/PictureLayer';
import { useView } from '~/features/picture/useView';
import type { Extent, View } from '~/features/picture/view';
import { extended, MOST_EXPANSION, sideOf, SIDES, type Side, type Sides } from '../form';

interface FrameEditorProps {
  asset: Asset;
  size: Extent;
  sides: Sides;
  onChange: (sides: Sides) => void;
}

const MARGIN = 48;

/** The picture in its new frame, whose sides are dragged outwards, or moved by arrow keys. */
export function FrameEditor({ asset, size, sides, onChange }: FrameEditorProps) {
  const stage = useRef<HTMLDivElement>(null);
  const { width, height } = extended(size, sides);
  const frame = useMemo(() => ({ width, height }), [width, height]);
  const { view: fit } = useView(stage, frame, { margin: MARGIN });
  // While a side is dragged, the picture stands still; afterwards everything fits again.
  const [held, setHeld] = useState<View | null>(null);
  const fitting: View = { scale: fit.scale, x: fit.x + sides.left * fit.scale, y: fit.y + sides.up * fit.scale };
  const picture = held ?? fitting;
  const box = {
    left: picture.x - sides.left * picture.scale,
    top: picture.y - sides.up * picture.scale,
    width: width * picture.scale,
    height: height * picture.scale,
  };
  return (
    <div ref={stage} role="group" aria-label={t('edit.frame')} className="relative size-full touch-none overflow-hidden rounded-panel bg-sunken select-none">
      <div className="shimmer pointer-events-none absolute rounded-[3px] outline-2 outline-accent" style={box} />
      <PictureLayer src={asset.file_url} alt={asset.title || asset.prompt || asset.filename} size={size} view={picture} />
      {SIDES.map((side) => (
        <Handle
          key={side}
          side={side}
          box={box}
          value={sides[side]}
          scale={picture.scale}
          onHold={(holding) => setHeld(holding ? fitting : null)}
          onChange={(pixels) => onChange({ ...sides, [side]: sideOf(pixels) })}
        />
      ))}
      <p className="over pointer-events-none absolute right-3.5 bottom-3.5 rounded-chip px-2.5 py-1 text-second font-[580] tabular-nums">
        {t('size.pixels', { width, height })}
      </p>
    </div>
  );
}

interface HandleProps {
  side: Side;
  box: { left: number; top: number; width: number; height: number };
  /** In pixels of the picture. */
  value: number;
  /** Of the view. */
  scale: number;
  /** A drag began, or ended. */
  onHold: (holding: boolean) => void;
  onChange: (value: number) => void;
}

const OUTWARDS: Record<Side, { x: number; y: number }> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, up: { x: 0, y: -1 }, down: { x: 0, y: 1 } };
const KEYS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const STEP = 8;
const LARGE_STEP = 64;

function Handle({ side, box, value, scale, onHold, onChange }: HandleProps) {
  const grip = useRef<{ at: number; value: number }>(null);
  const out = OUTWARDS[side];
  const along = (event: PointerEvent) => event.clientX * out.x + event.clientY * out.y;
  const across = out.x !== 0;
  const place = {
    left: box.left + (box.width * (1 + out.x)) / 2,
    top: box.top + (box.height * (1 + out.y)) / 2,
  };
  const onKey = (event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (!way || way.x * out.x + way.y * out.y === 0) return;
    event.preventDefault();
    onChange(value + (way.x * out.x + way.y * out.y) * (event.shiftKey ? LARGE_STEP : STEP));
  };
  const release = () => {
    grip.current = null;
    onHold(false);
  };
  return (
    <div
      data-over
      role="slider"
      tabIndex={0}
      aria-label={t('edit.sideMore', { side: t(`edit.side.${side}`) })}
      aria-valuenow={value}
      aria-valuetext={t('edit.pixels', { count: value })}
      aria-valuemin={0}
      aria-valuemax={MOST_EXPANSION}
      aria-orientation={across ? 'horizontal' : 'vertical'}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { at: along(event), value };
        onHold(true);
      }}
      onPointerMove={(event) => grip.current && onChange(grip.current.value + (along(event) - grip.current.at) / scale)}
      onPointerUp={release}
      onPointerCancel={release}
      className={clsx(
        'absolute flex -translate-1/2 touch-none items-center justify-center rounded-full',
        across ? 'h-20 w-11 cursor-ew-resize' : 'h-11 w-20 cursor-ns-resize',
      )}
      style={place}
    >
      <span aria-hidden className={clsx('rounded-full border border-line-strong bg-thumb shadow-panel', across ? 'h-12 w-2.5' : 'h-2.5 w-12')} />
    </div>
  );
}
