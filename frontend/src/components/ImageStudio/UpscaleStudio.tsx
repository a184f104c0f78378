import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { useQuote } from '~/features/costs/queries';
import { useCancelJob, useRun } from '~/features/jobs/queries';
import { isActive, readyOf, type Run } from '~/features/jobs/run';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import { PictureStart } from '~/features/picture/parts/PictureStart';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { bodyOf, FIRST_FORM, type UpscaleForm } from '~/features/upscale/form';
import { Panel } from '~/features/upscale/parts/Panel';
import { StudioResult } from '~/features/picture/parts/StudioResult';
import { order, useUpscale } from '~/features/upscale/queries';
import { useGlow } from '~/lib/glow';
import { useRunKey } from '~/lib/useRunKey';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

/** One picture with more pixels: see what it becomes and what that costs, then compare. */
export function UpscaleStudio() {
  const { asset: named, job: jobId } = useSearch({ from: '/studio/upscale' });
  const navigate = useNavigate();
  const { data: run, error: lost } = useRun(jobId);
  // A job that is opened by its address alone knows its picture.
  const image = run?.job.request['image'];
  const assetId = named ?? (typeof image === 'string' ? image : undefined);
  const source = usePictureSource({ assetId, onChoose: (asset) => void navigate({ to: '/upscale', search: { asset } }) });
  const { asset } = source;
  const problem = source.problem ?? lost;
  useGlow(asset?.thumbhash);
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader title={t('place.upscale')} />
      {problem !== null && problem !== undefined && (
        <div className="max-sm:px-4.5">
          <ProblemBanner problem={problem} />
        </div>
      )}
      {!asset && (source.pending ? <LoadingSkeleton className="min-h-90 flex-1 lg:mb-3" /> : <Start source={source} />)}
      {asset && <Work key={asset.id} asset={asset} run={run} onOther={() => void navigate({ to: '/upscale', search: {} })} />}
    </div>
  );
}

function Start({ source }: { source: ReturnType<typeof usePictureSource> }) {
  return (
    <div className="scroll-quiet flex-1 overflow-y-auto max-sm:px-4.5 max-sm:pb-28">
      <PictureStart source={source} title={t('upscale.start')} note={t('upscale.startNote')} />
    </div>
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
  const quote = useQuote(body, { steady: true });
  const upscale = useUpscale();
  const cancel = useCancelJob();
  const working = run !== undefined && isActive(run.job);
  const [result] = run ? readyOf(run) : [];
  const start = () => {
    if (!body || quote.problem || upscale.isPending || working) return;
    upscale.mutate(order(body), { onSuccess: (job) => void navigate({ to: '/upscale', search: { asset: asset.id, job: job.id } }) });
  };
  useRunKey(start);
  const refused = quote.problem ?? upscale.error;
  const name = asset.title || asset.prompt || asset.filename;
  return (
    <div className="flex min-h-0 flex-1 gap-4 max-lg:flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {upscale.error && <ProblemBanner problem={upscale.error} />}
        {run && <RunBanner job={run.job} />}
        {result ? (
          <BeforeAfter
            key={result.id}
            before={asset.file_url}
            after={result.url}
            alt={name}
            size={result}
            className="flex-1 max-lg:h-[56dvh] max-lg:flex-none"
          />
        ) : (
          <PictureStage src={asset.file_url} alt={name} size={picture} className="flex-1 max-lg:h-[46dvh] max-lg:flex-none" />
        )}
        {run && result && <StudioResult job={run.job} picture={result} />}
      </div>
      <Panel
        asset={asset}
        form={form}
        quote={quote}
        body={body}
        refusal={(field) => fieldProblem(refused, field)}
        job={working ? run.job : undefined}
        busy={upscale.isPending}
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        onOther={onOther}
        onStart={start}
        onCancel={() => run && cancel.mutate(run.job.id)}
      />
    </div>
  );
}
