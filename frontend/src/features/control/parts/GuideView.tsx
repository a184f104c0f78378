import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import type { GuideKind } from '../form';
import { useGuide } from '../queries';

interface GuideViewProps {
  asset: Asset;
  kind: GuideKind;
  /** 0..1: how much of it is drawn. */
  strength: number;
  className: string;
}

/** What an engine would follow of the picture, drawn on the server and kept nowhere. */
export function GuideView({ asset, kind, strength, className }: GuideViewProps) {
  const { data: guide, error } = useGuide(asset.id, kind, strength);
  if (error) return <ProblemBanner problem={error} />;
  if (!guide) return <LoadingSkeleton className={className} />;
  return (
    <PictureStage src={guide.image_base64} alt={guide.description} size={guide} className={className}>
      <p className="over max-w-[44ch] rounded-control px-3 py-2 text-second max-sm:hidden">
        {guide.description} {t('control.guideNote')}
      </p>
    </PictureStage>
  );
}
