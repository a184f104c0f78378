import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** A panel: translucent fill, a lit upper edge, no blur (the light behind it is already smooth). */
export function GlassyCard({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={clsx('panel rounded-panel', className)} {...rest} />;
}
