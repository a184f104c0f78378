import { clsx } from 'clsx';
import { CircleAlert, Repeat2, Timer, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  offline: { skin: 'bg-warn-soft', text: 'text-warn', Icon: WifiOff },
  pause: { skin: 'bg-warn-soft', text: 'text-warn', Icon: Timer },
  fallback: { skin: 'bg-accent-soft', text: 'text-accent', Icon: Repeat2 },
  failure: { skin: 'bg-danger-soft', text: 'text-danger', Icon: CircleAlert },
};

export interface BannerProps {
  tone: keyof typeof TONES;
  /** The fact. */
  title: string;
  /** What is kept, and what to do. */
  children?: ReactNode;
  action?: ReactNode;
}

/** One fact about work in the background, what is kept, and at most one thing to do. */
export function AsyncStatusBanner({ tone, title, children, action }: BannerProps) {
  const { skin, text, Icon } = TONES[tone];
  return (
    <div
      role={tone === 'failure' ? 'alert' : 'status'}
      className={clsx('flex animate-appear flex-wrap items-center gap-x-3.5 gap-y-2 rounded-button px-4 py-3', skin)}
    >
      <Icon size={18} aria-hidden className={clsx('shrink-0', text)} />
      <div className="min-w-0 flex-1 basis-60">
        <p className={clsx('text-section font-[600]', text)}>{title}</p>
        {children !== undefined && <div className="text-body text-fg">{children}</div>}
      </div>
      {action}
    </div>
  );
}
