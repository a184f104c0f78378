import { useState } from 'react';
import type { Asset, RecodeAnswer } from '~/api/types';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { CostButton, WorkingButton } from '~/components/ImageStudio/ui/CostButton';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { useCancelJob, useRun } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { order } from '~/features/jobs/start';
import { useAsset } from '~/features/library/queries';
import { bytes, nameOfAsset } from '~/lib/format';
import { StudioProblem } from '~/api/errors';
import { FIRST_SAVE, isComplete, kindOf, orderOf, type SaveForm } from '../form';
import { useSaving } from '../queries';
import { closeSaveAs } from '../store';
import { SaveAsForm } from './SaveAsForm';
import { Saved } from './Saved';

/** The same picture as another file: smaller, or of another type. */
export function SaveAsDialog({ assetId }: { assetId: string }) {
  const { data: asset, error } = useAsset(assetId);
  return (
    <Dialog title={t('saveAs.title')} open onClose={closeSaveAs}>
      <div className="scroll-quiet overflow-y-auto px-5 pb-5">
        {error && <ProblemBanner problem={error} />}
        {asset ? <Saving asset={asset} /> : !error && <LoadingSkeleton className="h-60 rounded-card" />}
      </div>
    </Dialog>
  );
}

function Saving({ asset }: { asset: Asset }) {
  const [form, setForm] = useState<SaveForm>(FIRST_SAVE);
  const start = useSaving();
  const cancel = useCancelJob();
  const { data: run, error: lost } = useRun(start.data?.id);
  const own = kindOf(asset.mime_type);
  const job = run?.job ?? start.data;
  const working = job !== undefined && isActive(job);
  const done = job?.status === 'done' ? (job.result as RecodeAnswer | null) : null;
  const problem = start.error ?? lost ?? (job?.status === 'failed' ? new StudioProblem({ status: 0, ...job.problem }) : null);
  const change = (part: Partial<SaveForm>) => {
    setForm((before) => ({ ...before, ...part }));
    // What was made is not what is chosen now.
    if (!working) start.reset();
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        {asset.thumbnail_url && <img src={asset.thumbnail_url} alt="" width={56} height={56} className="size-14 shrink-0 rounded-control bg-sunken object-cover" />}
        <p className="min-w-0">
          <span className="block truncate font-[600]">{nameOfAsset(asset)}</span>
          <span className="block text-second text-muted tabular-nums">
            {[own.toUpperCase(), bytes(asset.file_size), t('size.pixels', { width: asset.width ?? 0, height: asset.height ?? 0 })].join(', ')}
          </span>
        </p>
      </div>
      <SaveAsForm form={form} own={own} busy={working} onChange={change} />
      {problem && <ProblemBanner problem={problem} />}
      {job && working ? (
        <WorkingButton label={t('saveAs.working')} progress={job.progress} onCancel={() => cancel.mutate(job.id)} />
      ) : done ? (
        <Saved file={done} name={asset.filename} />
      ) : (
        <CostButton
          verb={t('saveAs.make')}
          price={t('price.free')}
          time={undefined}
          blocked={isComplete(form, own) ? undefined : t('saveAs.noLimit')}
          busy={start.isPending}
          onPress={() => start.mutate(order(orderOf(form, own, asset.id)))}
        />
      )}
    </div>
  );
}
