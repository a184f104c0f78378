import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { useRun } from '~/features/jobs/queries';
import type { Run } from '~/features/jobs/run';
import { useStudioRun } from '~/features/jobs/useStudioRun';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import { StudioResult } from '~/features/picture/parts/StudioResult';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { bodyOf, FIRST_FORM, type UpscaleForm } from '~/features/upscale/form';
import { DetailStrip, DetailView } from '~/features/upscale/parts/Details';
import { Panel } from '~/features/upscale/parts/Panel';
import { useUpscale } from '~/features/upscale/queries';
import { useDetails, type Detail } from '~/features/upscale/useDetails';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { StudioFrame } from './StudioFrame';

/** One picture with more pixels: see what it becomes and what that costs, then compare. */
export function UpscaleStudio() {
  const { asset: named, job: jobId } = useSearch({ from: '/studio/upscale' });
  const navigate = useNavigate();
  const { data: run, error: lost } = useRun(jobId);
  // A job that is opened by its address alone knows its picture.
  const image = run?.job.request['image'];
  const assetId = named ?? (typeof image === 'string' ? image : undefined);
  const source = usePictureSource({ assetId, onChoose: (asset) => void navigate({ to: '/upscale', search: { asset } }) });
  return (
    <StudioFrame
      title={t('place.upscale')}
      source={source}
      problem={source.problem ?? lost}
      start={{ title: t('upscale.start'), note: t('upscale.startNote') }}
    >
      {(asset) => <Work key={asset.id} asset={asset} run={run} onOther={() => void navigate({ to: '/upscale', search: {} })} />}
    </StudioFrame>
  );
}

interface WorkProps {
  asset: Asset;
  run: Run | undefined;
  onOther: () => void;
}

function Work({ asset, run, onOther }: WorkProps) {
  const navigate = useNavigate();
  const [form, setForm] = useState<UpscaleForm>(FIRST_FORM);
  const picture = { id: asset.id, width: asset.width ?? 1, height: asset.height ?? 1 };
  const body = bodyOf(form, picture);
  const studio = useStudioRun({
    run,
    body,
    mutation: useUpscale(),
    onStarted: (job) => void navigate({ to: '/upscale', search: { asset: asset.id, job: job.id } }),
  });
  const [result] = studio.results;
  const details = useDetails(asset);
  const [looked, setLooked] = useState<Detail>();
  const name = asset.title || asset.prompt || asset.filename;
  return (
    <div className="flex min-h-0 flex-1 gap-4 max-lg:flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {studio.error && <ProblemBanner problem={studio.error} />}
        {run && <RunBanner job={run.job} onAgain={studio.start} />}
        {result ? (
          <BeforeAfter
            key={result.id}
            before={asset.file_url}
            after={result.url}
            alt={name}
            size={result}
            className="flex-1 max-lg:h-[56dvh] max-lg:flex-none"
          />
        ) : looked ? (
          <>
            <DetailView asset={asset} detail={looked} estimate={studio.quote.estimate} className="flex-1 max-lg:h-[46dvh] max-lg:flex-none" onClose={() => setLooked(undefined)} />
            <div className="self-start">
              <DetailStrip details={details} chosen={looked} onChoose={setLooked} />
            </div>
          </>
        ) : (
          <PictureStage src={asset.file_url} alt={name} size={picture} className="flex-1 max-lg:h-[46dvh] max-lg:flex-none">
            <DetailStrip details={details} chosen={looked} onChoose={setLooked} />
          </PictureStage>
        )}
        {run && result && <StudioResult job={run.job} picture={result} />}
      </div>
      <Panel
        asset={asset}
        form={form}
        quote={studio.quote}
        body={body}
        refusal={studio.refusal}
        job={studio.job}
        busy={studio.busy}
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        onOther={onOther}
        onStart={studio.start}
        onCancel={studio.cancel}
      />
    </div>
  );
}
