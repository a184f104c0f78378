import { clsx } from 'clsx';
import { useRef, type ReactNode } from 'react';
import { useView } from '../useView';
import type { Extent } from '../view';
import { PictureLayer } from './PictureLayer';
import { ZoomBar } from './ZoomBar';

interface PictureStageProps {
  src: string;
  alt: string;
  size: Extent;
  className?: string;
  /** Stands over the picture, such as how far the work is. */
  children?: ReactNode;
}

/** One picture to look at closely: it fits until somebody comes closer. */
export function PictureStage({ src, alt, size, className, children }: PictureStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const viewing = useView(stage, size);
  return (
    <div className={clsx('relative min-h-0 overflow-hidden rounded-panel bg-sunken', className)}>
      <div ref={stage} className={clsx('absolute inset-0 touch-none overflow-hidden', !viewing.whole && 'cursor-grab active:cursor-grabbing')}>
        <PictureLayer src={src} alt={alt} size={size} view={viewing.view} />
      </div>
      <div className="pointer-events-none absolute inset-x-3.5 bottom-3.5 flex items-end justify-between gap-2 *:pointer-events-auto">
        {/* Where there is little room, fingers zoom. */}
        <div className={clsx(children && 'max-sm:hidden')}>
          <ZoomBar viewing={viewing} />
        </div>
        {children}
      </div>
    </div>
  );
}
