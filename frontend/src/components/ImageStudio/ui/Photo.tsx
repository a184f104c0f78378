import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import type { Asset } from '~/api/types';
import { bytesOf, hasAlpha } from '~/lib/thumbhash';

interface PhotoProps {
  src: string;
  alt: string;
  width: number;
  height: number;
  thumbhash?: string | null | undefined;
  className?: string;
  eager?: boolean;
}

function placeholder(thumbhash: string | null | undefined) {
  if (!thumbhash) return { blur: undefined, clear: false };
  const hash = bytesOf(thumbhash);
  return { blur: thumbHashToDataURL(hash), clear: hasAlpha(hash) };
}

/** A picture that sharpens from its ThumbHash; where it is transparent, it stands on a checkerboard. */
export function Photo({ src, alt, width, height, thumbhash, className, eager = false }: PhotoProps) {
  // It stays arrived when only its address is signed anew.
  const [state, setState] = useState<'coming' | 'sharpening' | 'there'>('coming');
  const { blur, clear } = useMemo(() => placeholder(thumbhash), [thumbhash]);
  const covered = clear ? state === 'coming' : state !== 'there';
  return (
    <span className={clsx('relative block overflow-hidden', clear && !covered ? 'checkerboard' : 'bg-sunken', className)}>
      {blur && covered && <img src={blur} alt="" aria-hidden className="absolute inset-0 size-full object-cover" />}
      <img
        src={src || undefined}
        alt={alt}
        width={width}
        height={height}
        decoding="async"
        loading={eager ? 'eager' : 'lazy'}
        onLoad={() => setState((before) => (before === 'coming' ? 'sharpening' : before))}
        onAnimationEnd={() => setState('there')}
        className={clsx('relative size-full object-cover', { 'opacity-0': state === 'coming', 'animate-sharpen': state === 'sharpening' })}
      />
    </span>
  );
}

type Shown = Pick<Asset, 'thumbnail_url' | 'file_url' | 'width' | 'height' | 'thumbhash'>;

/** An asset as a small picture; whatever it stands in says what it is, unless `alt` does. */
export function AssetPhoto({ asset, alt = '', className }: { asset: Shown; alt?: string; className?: string }) {
  const { thumbnail_url: small, file_url: file, width, height, thumbhash } = asset;
  return <Photo src={small ?? file} alt={alt} width={width ?? 1} height={height ?? 1} thumbhash={thumbhash} {...(className && { className })} />;
}
