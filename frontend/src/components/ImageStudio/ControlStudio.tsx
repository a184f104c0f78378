import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldProblem } from '~/api/errors';
import type { Asset, ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { bodyOf, EMPTY_CONTROL, type ControlForm } from '~/features/control/form';
import { Panel } from '~/features/control/parts/Panel';
import { RunButton } from '~/features/control/parts/RunButton';
import { Stage } from '~/features/control/parts/Stage';
import { order, useControl, useControlOperations } from '~/features/control/queries';
import { useQuote } from '~/features/costs/queries';
import { useCancelJob, useRun } from '~/features/jobs/queries';
import { isActive, readyOf, type Run } from '~/features/jobs/run';
import { PictureStart } from '~/features/picture/parts/PictureStart';
import { StudioResult } from '~/features/picture/parts/StudioResult';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { useGlow } from '~/lib/glow';
import { useRunKey } from '~/lib/useRunKey';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

/** A picture that follows another one: its lines, its build, or its style. */
export function ControlStudio() {
  const { asset: named, job: jobId } = useSearch({ from: '/studio/control' });
  const navigate = useNavigate();
  const { data: operations, error: unknown } = useControlOperations();
  const { data: run, error: lost } = useRun(jobId);
  // A job that is opened by its address alone knows its picture.
  const image = run?.job.request['control_image'];
  const source = usePictureSource({
    assetId: named ?? (typeof image === 'string' ? image : undefined),
    onChoose: (asset) => void navigate({ to: '/control', search: (before) => ({ op: before.op, asset }) }),
  });
  const { asset } = source;
  const problem = source.problem ?? lost ?? unknown;
  useGlow(asset?.thumbhash);
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader title={t('place.control')} note={<span className="max-sm:hidden">{t('control.subtitle')}</span>} />
      {problem !== null && problem !== undefined && (
        <div className="max-sm:px-4.5">
          <ProblemBanner problem={problem} />
        </div>
      )}
      {!asset && !source.pending && (
        <div className="scroll-quiet flex-1 overflow-y-auto max-sm:px-4.5 max-sm:pb-28">
          <PictureStart source={source} title={t('control.start')} note={t('control.startNote')} />
        </div>
      )}
      {(source.pending || (asset && !operations && !unknown)) && <LoadingSkeleton className="min-h-90 flex-1 lg:mb-3" />}
      {asset && operations && <Work key={asset.id} asset={asset} operations={operations} run={run} />}
    </div>
  );
}

interface WorkProps {
  asset: Asset;
  operations: Record<string, ControlOperation>;
  run: Run | undefined;
}

function Work({ asset, operations, run }: WorkProps) {
  const { op } = useSearch({ from: '/studio/control' });
  const navigate = useNavigate();
  const [form, setForm] = useState<ControlForm>(EMPTY_CONTROL);
  const [key, row] = chosenOf(operations, op ?? run?.job.operation);
  const body = row ? bodyOf(key, row, form, asset.id) : null;
  const quote = useQuote(body, { steady: true });
  const control = useControl();
  const cancel = useCancelJob();
  const working = run !== undefined && isActive(run.job);
  const [result] = run ? readyOf(run) : [];
  const start = () => {
    if (!body || quote.problem || control.isPending || working) return;
    control.mutate(order(body), { onSuccess: (job) => void navigate({ to: '/control', search: { asset: asset.id, op: key, job: job.id } }) });
  };
  useRunKey(start);
  if (!row) return null;
  const name = asset.title || asset.prompt || asset.filename;
  return (
    <div className="flex min-h-0 flex-1 gap-4 max-lg:flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {control.error && <ProblemBanner problem={control.error} />}
        {run && <RunBanner job={run.job} />}
        <Stage key={result?.id ?? 'source'} asset={asset} name={name} result={result} form={form} />
        {run && result && <StudioResult job={run.job} picture={result} />}
      </div>
      <Panel
        asset={asset}
        operations={operations}
        operation={key}
        row={row}
        form={form}
        refusal={(field) => fieldProblem(quote.problem ?? control.error, field)}
        button={
          <RunButton
            row={row}
            form={form}
            quote={quote}
            job={working ? run.job : undefined}
            busy={control.isPending}
            onStart={start}
            onCancel={() => run && cancel.mutate(run.job.id)}
          />
        }
        onOperation={(next) => void navigate({ to: '/control', search: { asset: asset.id, op: next }, replace: true })}
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        onOther={() => void navigate({ to: '/control', search: { op: key } })}
      />
    </div>
  );
}

/** The operation that is asked for; else the first that can be done now. */
function chosenOf(operations: Record<string, ControlOperation>, wanted: string | undefined): [string, ControlOperation | undefined] {
  const rows = Object.entries(operations);
  const found = rows.find(([key]) => key === wanted) ?? rows.find(([, row]) => row.available) ?? rows[0];
  return found ?? ['', undefined];
}
