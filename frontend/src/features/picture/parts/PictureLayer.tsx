import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import type { Extent, View } from '../view';

interface PictureLayerProps {
  src: string;
  alt: string;
  size: Extent;
  view: View;
  style?: CSSProperties;
}

/** A picture at the view's place on a stage; from close by, its pixels are seen as they are. */
export function PictureLayer({ src, alt, size, view, style }: PictureLayerProps) {
  const place = {
    left: view.x,
    top: view.y,
    width: size.width * view.scale,
    height: size.height * view.scale,
  };
  return (
    <img
      src={src}
      alt={alt}
      draggable={false}
      className={clsx('checkerboard pointer-events-none absolute', view.scale > 3 && '[image-rendering:pixelated]')}
      style={{ ...place, ...style }}
    />
  );
}
