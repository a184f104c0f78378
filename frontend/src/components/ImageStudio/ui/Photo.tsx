import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import { bytesOf } from '~/lib/glow';

interface PhotoProps {
  src: string;
  alt: string;
  width: number;
  height: number;
  thumbhash?: string | null | undefined;
  className?: string;
  eager?: boolean;
}

/** A picture that sharpens from its ThumbHash; where it is transparent, it stands on a checkerboard. */
export function Photo({ src, alt, width, height, thumbhash, className, eager = false }: PhotoProps) {
  // Stays true when only the address is signed anew: the picture is the same.
  const [ready, setReady] = useState(false);
  const blur = useMemo(() => (thumbhash ? thumbHashToDataURL(bytesOf(thumbhash)) : null), [thumbhash]);
  return (
    <span className={clsx('relative block overflow-hidden', ready ? 'checkerboard' : 'bg-sunken', className)}>
      {blur && !ready && <img src={blur} alt="" aria-hidden className="absolute inset-0 size-full object-cover" />}
      <img
        src={src}
        alt={alt}
        width={width}
        height={height}
        decoding="async"
        loading={eager ? 'eager' : 'lazy'}
        onLoad={() => setReady(true)}
        className={clsx('relative size-full object-cover', ready ? 'animate-sharpen' : 'opacity-0')}
      />
    </span>
  );
}
