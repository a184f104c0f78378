import { clsx } from 'clsx';
import { Link2, Link2Off } from 'lucide-react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '~/app/i18n';
import { cuts, shifted, windowFor, withOwn, type Aim } from '../aim';
import type { Board } from '../board';
import type { Extent } from '../crop';
import type { SocialForm } from '../form';
import type { Place } from '../kit';
import { concernOf } from '../concerns';
import { brokenOf, type Outcome } from '../results';
import { CardNote } from './CardNote';
import { LiveCrop } from './LiveCrop';
import { CardCover } from './CardCover';
import { WholeView } from './WholeView';
import { Ghost, Zones } from './Zones';

export interface CropCardProps {
  place: Place;
  /** Of the frame, in pixels. */
  height: number;
  board: Board;
  aim: Aim;
  form: SocialForm;
  src: string;
  source: Extent;
  zones: boolean;
  /** What the last export made of it, as long as it still holds. */
  outcome: Outcome | undefined;
  /** The file small, with what is laid over it; undefined while nothing is, or something moves. */
  sample?: string | undefined;
  onBegin: () => void;
  onAim: (aim: Aim) => void;
  onOpen: () => void;
}

const NUDGES: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const CLICK = 4;

/** One format as it will come out: live until it is exported, then the file itself. Dragging it takes it off the common point. */
export function CropCard({ place, height, board, aim, form, src, source, zones, outcome, sample, onBegin, onAim, onOpen }: CropCardProps) {
  const { key } = place;
  const start = useRef<{ x: number; y: number; aim: Aim; moved: boolean } | null>(null);
  const dragged = useRef(false);
  const sizes = { source, format: place };
  const movable = cuts(aim.mode);
  const linked = aim.own[key] === undefined;
  const troubled = (outcome?.state === 'ready' && outcome.result && brokenOf(outcome.result).length > 0) || (!outcome && concernOf(aim, place, source) !== null);

  /** Moves what is seen, so the window goes the other way. */
  const moved = (from: Aim, x: number, y: number, width: number): Aim => {
    const scale = windowFor(from, key, source, place).width / width;
    return withOwn(from, key, shifted(from, key, sizes, { x: -x * scale, y: -y * scale }));
  };
  const press = (event: PointerEvent) => {
    dragged.current = false;
    if (!movable || event.button !== 0 || event.pointerType === 'touch') return;
    start.current = { x: event.clientX, y: event.clientY, aim, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const from = start.current;
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(x, y) < CLICK) return;
    if (!from.moved) onBegin();
    from.moved = true;
    board.show(moved(from.aim, x, y, event.currentTarget.clientWidth));
  };
  const lift = () => {
    dragged.current = start.current?.moved ?? false;
    start.current = null;
    if (dragged.current) onAim(board.aim);
  };
  const onKey = (event: KeyboardEvent) => {
    const way = NUDGES[event.key];
    if (!way || !movable) return;
    event.preventDefault();
    const step = (event.shiftKey ? 0.05 : 0.01) * Math.max(source.width, source.height);
    onAim(withOwn(aim, key, shifted(aim, key, sizes, { x: way[0] * step, y: way[1] * step })));
  };
  return (
    <div className="group/card relative" style={{ width: Math.floor(height * place.shapeRatio) }}>
      <button
        type="button"
        aria-label={t('social.open', { name: `${place.platformName}: ${place.name}` })}
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={lift}
        onPointerCancel={lift}
        onClick={() => !dragged.current && onOpen()}
        onKeyDown={onKey}
        className={clsx('relative block w-full overflow-hidden rounded-card bg-sunken', movable && 'cursor-grab active:cursor-grabbing', troubled && 'ring-2 ring-warn ring-offset-2 ring-offset-bg')}
        style={{ height: Math.floor(height) }}
      >
        {cuts(aim.mode) ? (
          <LiveCrop board={board} id={key} src={src} source={source} format={place} />
        ) : (
          <WholeView mode={aim.mode as 'fit'} src={src} source={source} format={place} background={form.background} colour={form.colour} />
        )}
        {sample && !outcome && <img src={sample} alt="" className="absolute inset-0 size-full animate-appear object-cover" />}
        {outcome && <CardCover outcome={outcome} longest={Math.max(height, height * place.shapeRatio)} />}
        {zones && <Zones place={place} />}
        {zones && <Ghost place={place} />}
      </button>
      {movable && !linked && (
        <button
          type="button"
          aria-label={t('social.linkAgain', { name: place.name })}
          title={t('social.linkAgainHint')}
          onClick={() => onAim(withOwn(aim, key, null))}
          className="over absolute top-2 left-2 flex size-7 items-center justify-center rounded-chip hover:bg-raised max-sm:size-11"
        >
          <Link2Off size={14} aria-hidden className="group-hover/card:hidden" />
          <Link2 size={14} aria-hidden className="hidden group-hover/card:block" />
        </button>
      )}
      <CardNote place={place} aim={aim} source={source} outcome={outcome} />
    </div>
  );
}
