import { Move, Replace } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { cuts, pointAt, restingPoint, type Aim } from '../aim';
import type { Board } from '../board';
import type { CropBox, Extent, Focus } from '../crop';

interface FocalStageProps {
  board: Board;
  aim: Aim;
  src: string;
  alt: string;
  source: Extent;
  /** The point begins to move. */
  onBegin: () => void;
  /** It stays where it is now. */
  onSettle: (focus: Focus) => void;
  onOther: () => void;
}

const STEP = 0.01;
const LARGE_STEP = 0.05;
const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const percent = (share: number) => Math.round(share * 100);

/** The whole picture with the one point that all crops follow: dragged, tapped, or moved by arrow keys. */
export function FocalStage({ board, aim, src, alt, source, onBegin, onSettle, onOther }: FocalStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const rest = restingPoint(aim, source);
  const live = cuts(aim.mode);
  const point = useRef(rest);

  /** Written past React: a move restyles and renders nothing. */
  const paint = useCallback(({ x, y }: Focus) => {
    point.current = { x, y };
    if (!ring.current) return;
    ring.current.style.left = `${x * 100}%`;
    ring.current.style.top = `${y * 100}%`;
    ring.current.setAttribute('aria-valuenow', String(percent(x)));
    ring.current.setAttribute('aria-valuetext', t('social.point', { x: percent(x), y: percent(y) }));
  }, []);
  useLayoutEffect(() => paint({ x: rest.x, y: rest.y }), [paint, rest.x, rest.y]);

  const follow = (event: PointerEvent) => {
    const box = stage.current?.getBoundingClientRect();
    if (!box) return;
    const next = pointAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    paint(next);
    board.show({ ...board.aim, mode: 'smart', focus: next });
  };
  const press = (event: PointerEvent) => {
    if (!live || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    onBegin();
    follow(event);
  };
  const lift = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    onSettle(point.current);
  };
  const onKey = (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    onSettle(pointAt(point.current.x + way[0] * step, point.current.y + way[1] * step));
  };
  const ratio = source.width / source.height;
  return (
    <div
      ref={stage}
      onPointerDown={press}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      onPointerUp={lift}
      onPointerCancel={lift}
      className="checkerboard relative mx-auto touch-none overflow-hidden rounded-panel select-none"
      style={{ aspectRatio: ratio, width: `min(100%, calc(34dvh * ${ratio}))`, cursor: live ? 'crosshair' : 'default' }}
    >
      <img src={src} alt={alt} draggable={false} className="size-full" />
      {live && <Faces faces={aim.faces} source={source} />}
      {live && (
        <div
          ref={ring}
          role="slider"
          tabIndex={0}
          aria-label={t('social.focus')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent(rest.x)}
          aria-valuetext={t('social.point', { x: percent(rest.x), y: percent(rest.y) })}
          onKeyDown={onKey}
          style={{ left: `${rest.x * 100}%`, top: `${rest.y * 100}%` }}
          className="absolute -mt-5.5 -ml-5.5 flex size-11 cursor-grab items-center justify-center rounded-full border-[3px] border-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%),inset_0_0_0_1px_rgb(0_0_0/35%)] active:cursor-grabbing"
        >
          <span className="size-2 rounded-full bg-thumb shadow-[0_0_0_1px_rgb(0_0_0/45%)]" />
        </div>
      )}
      <IconButton label={t('picture.other')} look="over" onClick={onOther} onPointerDown={(event) => event.stopPropagation()} className="absolute top-2 right-2">
        <Replace size={16} aria-hidden />
      </IconButton>
      {live && !aim.focus && (
        <p className="over pointer-events-none absolute bottom-2 left-2 flex items-center gap-1.5 rounded-chip px-2.5 py-1 text-caption font-[560] whitespace-nowrap">
          <Move size={14} aria-hidden />
          {t('social.dragHint')}
        </p>
      )}
    </div>
  );
}

const share = (part: number, whole: number) => `${(part / whole) * 100}%`;

/** Where the studio saw faces. */
function Faces({ faces, source }: { faces: readonly CropBox[]; source: Extent }) {
  return faces.map(({ left, top, width, height }, index) => (
    <span
      key={`${left},${top}`}
      className="pointer-events-none absolute animate-appear rounded-card border-2 border-thumb/90 shadow-[0_0_0_1px_rgb(0_0_0/35%)]"
      style={{ left: share(left, source.width), top: share(top, source.height), width: share(width, source.width), height: share(height, source.height) }}
    >
      {index === 0 && left + width < source.width * 0.72 && <span className="over absolute -top-0.5 left-full ml-2 rounded-chip px-2 py-0.5 text-caption font-[600]">{t('social.face')}</span>}
    </span>
  ));
}
