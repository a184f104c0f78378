import { ImageOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';

interface FailedTileProps {
  /** What happened. */
  title: string;
  reason?: string | undefined;
  /** A retry that would work. */
  action?: ReactNode;
}

/** A picture that failed keeps its place: why, that nothing was charged, and what would work. */
export function FailedTile({ title, reason, action }: FailedTileProps) {
  return (
    <div className="scroll-quiet flex size-full flex-col items-start justify-center gap-1 overflow-y-auto rounded-card bg-danger-soft p-4">
      <ImageOff size={20} strokeWidth={1.6} aria-hidden className="mb-2 shrink-0 text-danger" />
      <p className="text-section font-[600]">{title}</p>
      {reason && reason !== title && <p className="line-clamp-3 text-second text-muted">{reason}</p>}
      <p className="mb-2 text-second text-muted">{t('results.notCharged')}</p>
      {action}
    </div>
  );
}
