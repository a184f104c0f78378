import type { ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { PictureStart } from '~/features/picture/parts/PictureStart';
import type { PictureSource } from '~/features/picture/usePictureSource';
import { useGlow } from '~/lib/glow';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

interface StudioFrameProps {
  title: string;
  note?: ReactNode;
  source: PictureSource;
  /** Why the picture, its job or what else the page needs can't be had. */
  problem: unknown;
  /** What happens to a picture here, said where there is none yet. */
  start: { title: string; note: string; action?: ReactNode };
  /** Stands where a picture is chosen, such as a sheet to draw one on. */
  instead?: ReactNode;
  /** What the page needs besides a picture is on its way. */
  pending?: boolean;
  children: (asset: Asset) => ReactNode;
}

/** The page of a studio that works on one picture: the way to a picture first, then the desk with it. */
export function StudioFrame({ title, note, source, problem, start, instead, pending = false, children }: StudioFrameProps) {
  const { asset } = source;
  useGlow(asset?.thumbhash);
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader title={title} note={note} />
      {problem !== null && problem !== undefined && (
        <div className="max-sm:px-4.5">
          <ProblemBanner problem={problem} />
        </div>
      )}
      {!asset && !source.pending && instead}
      {!asset && !source.pending && !instead && (
        <div className="scroll-quiet flex-1 overflow-y-auto max-sm:px-4.5 max-sm:pb-28">
          <PictureStart source={source} title={start.title} note={start.note} action={start.action} />
        </div>
      )}
      {(source.pending || (asset && pending)) && <LoadingSkeleton className="min-h-90 flex-1 lg:mb-3" />}
      {asset && !pending && children(asset)}
    </div>
  );
}
