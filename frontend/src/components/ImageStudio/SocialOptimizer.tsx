import { lazy, Suspense } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { useRun } from '~/features/jobs/queries';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { StudioFrame } from './StudioFrame';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

// It is needed with a picture only; the page stands before it.
const SocialDesk = lazy(async () => ({ default: (await import('./SocialDesk')).SocialDesk }));

/** One picture as every network wants it: seen live, cut around one point, checked against each network's rules. */
export function SocialOptimizer() {
  const { asset: named, job: jobId } = useSearch({ from: '/studio/social' });
  const navigate = useNavigate();
  const { data: run, error: lost } = useRun(jobId);
  // A job that is opened by its address alone knows its picture.
  const image = run?.job.request['image'];
  const assetId = named ?? (typeof image === 'string' ? image : undefined);
  const source = usePictureSource({ assetId, onChoose: (asset) => void navigate({ to: '/social', search: { asset } }) });
  return (
    <StudioFrame
      title={t('place.social')}
      note={<span className="max-sm:hidden">{source.asset ? factsOf(source.asset) : t('social.subtitle')}</span>}
      source={source}
      problem={source.problem ?? lost}
      start={{ title: t('social.start'), note: t('social.startNote') }}
      pending={jobId !== undefined && !run && !lost}
    >
      {(asset) => (
        <Suspense fallback={<LoadingSkeleton className="min-h-90 flex-1 lg:mb-3" />}>
          <SocialDesk
            key={asset.id}
            asset={asset}
            run={run}
            onStarted={(job) => void navigate({ to: '/social', search: { asset: asset.id, job: job.id } })}
            onOther={() => void navigate({ to: '/social', search: {} })}
          />
        </Suspense>
      )}
    </StudioFrame>
  );
}

const factsOf = ({ title, prompt, filename, width, height }: Asset) =>
  [title || prompt || filename, width && height ? t('size.pixels', { width, height }) : ''].filter(Boolean).join(', ');
