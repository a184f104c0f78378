import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { clock } from '~/lib/format';
import { useNow } from '~/lib/react';

interface LoadingSkeletonProps {
  className?: string;
  /** What is being done, said after one second. */
  words?: string;
  /** When it began, in milliseconds: after ten seconds the time is told. */
  since?: number;
  children?: ReactNode;
}

/** A place that something will fill, already at its final size; words after one second, the time after ten. */
export function LoadingSkeleton({ className, words, since, children }: LoadingSkeletonProps) {
  return (
    <div className={clsx('shimmer relative overflow-hidden rounded-card', className)}>
      {words !== undefined && <Words words={words} since={since} />}
      {children}
    </div>
  );
}

function Words({ words, since }: { words: string; since: number | undefined }) {
  const now = useNow(true);
  const elapsed = (now - (since ?? now)) / 1000;
  if (since !== undefined && elapsed < 1) return null;
  return (
    <p role="status" className="over absolute bottom-3 left-3 animate-appear rounded-chip px-2.5 py-1.5 text-second font-[560] tabular-nums">
      {words}
      {elapsed >= 10 && <span aria-hidden>, {clock(elapsed)}</span>}
    </p>
  );
}
