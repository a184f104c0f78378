import { clsx } from 'clsx';
import type { Mode } from '../aim';
import type { Extent } from '../crop';
import type { BackgroundKind } from '../form';

interface WholeViewProps {
  mode: Extract<Mode, 'fit' | 'extend'>;
  src: string;
  source: Extent;
  format: Extent;
  background: BackgroundKind;
  colour: string;
}

const cover = 'absolute inset-0 size-full object-cover';

/** The whole picture in a frame of another shape, with what stands around it: a background, or what will be painted there. */
export function WholeView({ mode, src, source, format, background, colour }: WholeViewProps) {
  const wide = source.width * format.height >= source.height * format.width;
  // The picture's own share of the side that is not filled.
  const share = wide ? (source.height * format.width) / (source.width * format.height) : (source.width * format.height) / (source.height * format.width);
  const size = wide ? { width: '100%', height: `${share * 100}%` } : { width: `${share * 100}%`, height: '100%' };
  const kind = mode === 'extend' ? 'extend' : background;
  return (
    <span className={clsx('absolute inset-0 flex items-center justify-center overflow-hidden', kind === 'transparent' && 'checkerboard')} style={kind === 'colour' ? { background: colour } : undefined}>
      {kind === 'blur' && <img src={src} alt="" className={clsx(cover, 'scale-110 blur-[10px]')} />}
      {kind === 'extend' && <img src={src} alt="" className={clsx(cover, 'scale-125 opacity-60 blur-[14px] saturate-50')} />}
      <span className="relative" style={size}>
        {kind === 'mirror' && [-2, -1, 1, 2].map((step) => <Mirrored key={step} src={src} step={step} wide={wide} />)}
        <img src={src} alt="" draggable={false} className={clsx('relative size-full', kind === 'extend' && 'outline-2 outline-offset-0 outline-thumb/80 outline-dashed')} />
      </span>
    </span>
  );
}

/** A neighbour of the picture, so many places away along the side that is not filled: every other one is mirrored. */
function Mirrored({ src, step, wide }: { src: string; step: number; wide: boolean }) {
  const turned = step % 2 === 0 ? '' : wide ? '-scale-y-100' : '-scale-x-100';
  const place = wide ? { top: `${step * 100}%`, left: 0 } : { left: `${step * 100}%`, top: 0 };
  return <img src={src} alt="" style={place} className={clsx('absolute size-full', turned)} />;
}
