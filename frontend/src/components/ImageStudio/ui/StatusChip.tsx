import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const TONES = {
  quiet: { skin: 'bg-sunken text-muted', dot: 'bg-line-strong' },
  ok: { skin: 'bg-ok-soft text-ok', dot: 'bg-ok' },
  busy: { skin: 'bg-accent-soft text-accent', dot: 'bg-accent' },
  warn: { skin: 'bg-warn-soft text-warn', dot: 'bg-warn' },
  danger: { skin: 'bg-danger-soft text-danger', dot: 'bg-danger' },
};

interface StatusChipProps {
  tone: keyof typeof TONES;
  /** Two words; the colour alone says nothing. */
  children: ReactNode;
  className?: string;
}

/** How something stands, in two words and a dot. */
export function StatusChip({ tone, children, className }: StatusChipProps) {
  const { skin, dot } = TONES[tone];
  return (
    <span className={clsx('inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-caption font-[580] whitespace-nowrap tabular-nums', skin, className)}>
      <span aria-hidden className={clsx('size-1.5 rounded-full', dot)} />
      {children}
    </span>
  );
}
