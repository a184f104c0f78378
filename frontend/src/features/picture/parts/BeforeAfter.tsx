import { clsx } from 'clsx';
import { Columns2, Eye, SquareSplitHorizontal, ZoomIn } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { t } from '~/app/i18n';
import { useHeldKey } from '../useHeldKey';
import { useView } from '../useView';
import type { Extent, View } from '../view';
import { Divider } from './Divider';
import { Loupe } from './Loupe';
import { PictureLayer } from './PictureLayer';
import { ZoomBar } from './ZoomBar';

interface BeforeAfterProps {
  before: string;
  after: string;
  /** What both pictures show, for those who can't see them. */
  alt: string;
  /** Of the result, in pixels; what was there before is laid over it at the same size, or at its place. */
  size: Extent;
  /** Where in the result the picture before lies, in pixels; everywhere if it is not said. */
  place?: { x: number; y: number; width: number; height: number };
  className?: string;
  /** Stands over the stage, such as what to do with the result. */
  children?: ReactNode;
}

type Mode = 'slider' | 'side';

/** A picture before and after: by a slider, side by side, or by holding a key or a button. Both zoom as one. */
export function BeforeAfter({ before, after, alt, size, place, className, children }: BeforeAfterProps) {
  const [mode, setMode] = useState<Mode>('slider');
  const [share, setShare] = useState(0.5);
  const [holding, setHolding] = useState(false);
  const [glass, setGlass] = useState(false);
  const [pressed, setPressed] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const viewing = useView(stage, size);
  useHeldKey('z', setHolding);
  useHeldKey('alt', setPressed);
  const { view, box } = viewing;
  const [left, right] = [Math.max(0, view.x), Math.min(box.width, view.x + size.width * view.scale)];
  const cut = left + (right - left) * share;
  const slider = mode === 'slider' && !holding;
  const layer = (src: string, name: string, clip?: string) => (
    <Layer src={src} alt={`${alt}, ${name}`} view={view} size={size} {...(src === before && place && { place })} {...(clip && { clip })} />
  );
  return (
    <div className={clsx('relative flex min-h-0 flex-col overflow-hidden rounded-panel bg-sunken', className)}>
      <div className="flex min-h-0 flex-1 gap-0.5">
        {mode === 'side' && (
          <div className="relative min-w-0 flex-1 overflow-hidden">
            {layer(before, t('compare.before'))}
            <Badge>{t('compare.before')}</Badge>
          </div>
        )}
        <div ref={stage} className={clsx('relative min-w-0 flex-1 touch-none overflow-hidden', !viewing.whole && 'cursor-grab active:cursor-grabbing')}>
          {layer(after, t('compare.after'))}
          {holding && mode === 'slider' && layer(before, t('compare.before'), `inset(0)`)}
          {slider && layer(before, t('compare.before'), `inset(0 ${Math.max(0, box.width - cut)}px 0 0)`)}
          {slider && <Divider value={share} left={left} right={right} onChange={setShare} />}
          {slider && !place && (glass || pressed) && <Loupe stage={stage} before={before} after={after} size={size} view={view} />}
          {slider && <Badge>{t('compare.before')}</Badge>}
          {!holding && <Badge end>{t('compare.after')}</Badge>}
          {holding && <Badge>{t('compare.before')}</Badge>}
        </div>
      </div>
      <div className="pointer-events-none absolute inset-x-3.5 bottom-3.5 flex flex-wrap items-end justify-between gap-2 *:pointer-events-auto max-sm:inset-x-2 max-sm:bottom-2">
        {/* Where there is little room, fingers zoom. */}
        <div className={clsx(children && 'max-sm:hidden')}>
          <ZoomBar viewing={viewing} />
        </div>
        {children}
        <Modes mode={mode} glass={glass} onMode={setMode} onGlass={place ? undefined : setGlass} onHold={setHolding} />
      </div>
    </div>
  );
}

interface LayerProps {
  src: string;
  alt: string;
  view: View;
  size: Extent;
  place?: BeforeAfterProps['place'];
  clip?: string;
}

/** One picture at the view's place; the clip is in pixels of the stage. */
function Layer({ src, alt, view, size, place, clip }: LayerProps) {
  const there = place ? { ...view, x: view.x + place.x * view.scale, y: view.y + place.y * view.scale } : view;
  return (
    <div className="pointer-events-none absolute inset-0" style={clip ? { clipPath: clip } : undefined}>
      {/* What lies below shows neither through what is transparent nor beside what is smaller. */}
      {clip && <span className="absolute bg-bg" style={{ left: view.x, top: view.y, width: size.width * view.scale, height: size.height * view.scale }} />}
      <PictureLayer src={src} alt={alt} size={place ?? size} view={there} />
    </div>
  );
}

function Badge({ children, end = false }: { children: ReactNode; end?: boolean }) {
  return (
    <span aria-hidden className={clsx('over pointer-events-none absolute top-3.5 rounded-chip px-2.5 py-1 text-second font-[580]', end ? 'right-3.5' : 'left-3.5')}>
      {children}
    </span>
  );
}

interface ModesProps {
  mode: Mode;
  /** The loupe is out. */
  glass: boolean;
  onMode: (mode: Mode) => void;
  onGlass: ((out: boolean) => void) | undefined;
  onHold: (held: boolean) => void;
}

function Modes({ mode, glass, onMode, onGlass, onHold }: ModesProps) {
  const choices = [
    { value: 'slider', label: t('compare.slider'), Icon: SquareSplitHorizontal },
    { value: 'side', label: t('compare.side'), Icon: Columns2 },
  ] as const;
  const button = 'flex size-9 items-center justify-center rounded-chip hover:bg-sunken aria-pressed:bg-ink aria-pressed:text-on-ink max-sm:size-11';
  return (
    <div data-over role="group" aria-label={t('compare.label')} className="over flex items-center gap-0.5 rounded-control p-0.5 shadow-panel">
      {choices.map(({ value, label, Icon }) => (
        <button key={value} type="button" aria-label={label} title={label} aria-pressed={mode === value} onClick={() => onMode(value)} className={button}>
          <Icon size={17} aria-hidden />
        </button>
      ))}
      {onGlass && mode === 'slider' && (
        <button type="button" aria-label={t('compare.loupe')} title={t('compare.loupeHint')} aria-pressed={glass} onClick={() => onGlass(!glass)} className={button}>
          <ZoomIn size={17} aria-hidden />
        </button>
      )}
      <button
        type="button"
        aria-label={t('compare.hold')}
        title={t('compare.holdHint')}
        onPointerDown={() => onHold(true)}
        onPointerUp={() => onHold(false)}
        onPointerLeave={() => onHold(false)}
        onPointerCancel={() => onHold(false)}
        onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && onHold(true)}
        onKeyUp={() => onHold(false)}
        onBlur={() => onHold(false)}
        className={button}
      >
        <Eye size={17} aria-hidden />
      </button>
    </div>
  );
}
