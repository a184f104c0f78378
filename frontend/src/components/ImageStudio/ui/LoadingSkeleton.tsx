import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A place that something will fill, already at its final size. */
export function LoadingSkeleton({ className, children }: { className?: string; children?: ReactNode }) {
  return <div className={clsx('shimmer relative overflow-hidden rounded-card', className)}>{children}</div>;
}
