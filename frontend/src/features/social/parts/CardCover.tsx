import { ImageOff } from 'lucide-react';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { t } from '~/app/i18n';
import type { Outcome } from '../results';

/** The longer side of an export's thumbnail, in pixels, at most. */
const THUMBNAIL = 320;

/** What the last export put into a frame: the file, the place of one that is coming, or why there is none. */
export function CardCover({ outcome, longest }: { outcome: Outcome; longest: number }) {
  switch (outcome.state) {
    case 'ready': {
      const { url, thumbnail_url: small, width, height } = outcome.picture;
      const src = longest * devicePixelRatio > THUMBNAIL || !small ? url : small;
      return <img src={src} alt="" width={width} height={height} decoding="async" className="checkerboard absolute inset-0 size-full animate-appear bg-bg object-cover" />;
    }
    case 'waiting':
      return (
        <span className="absolute inset-0 opacity-70">
          <LoadingSkeleton className="size-full" />
        </span>
      );
    case 'cancelled':
      return null;
    case 'failed':
      return (
        <span className="absolute inset-0 flex flex-col items-center justify-center gap-1 bg-danger-soft p-2 text-center text-caption">
          <ImageOff size={18} aria-hidden className="text-danger" />
          <span className="line-clamp-3 font-[560] text-danger">{outcome.problem.detail || titleOf(outcome.problem) || t('problem.unknown')}</span>
        </span>
      );
  }
}
