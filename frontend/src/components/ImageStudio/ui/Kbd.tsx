import { clsx } from 'clsx';

/** A key's name, as small print. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return <kbd className={clsx('font-sans text-caption', className ?? 'rounded-[6px] bg-sunken px-1.5 py-0.5 text-muted')}>{children}</kbd>;
}
