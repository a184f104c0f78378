import { useNavigate, useSearch } from '@tanstack/react-router';
import { PenLine } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Asset, ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { bodyOf, EMPTY_CONTROL, type ControlForm } from '~/features/control/form';
import { Panel } from '~/features/control/parts/Panel';
import { RunButton } from '~/features/control/parts/RunButton';
import { Stage } from '~/features/control/parts/Stage';
import { useControl, useControlOperations } from '~/features/control/queries';
import { useRun } from '~/features/jobs/queries';
import type { Run } from '~/features/jobs/run';
import { useStudioRun } from '~/features/jobs/useStudioRun';
import { StudioResult } from '~/features/picture/parts/StudioResult';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { nameOfAsset } from '~/lib/format';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { StudioFrame } from './StudioFrame';
import { Button } from './ui/Button';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

const SketchStage = lazy(async () => ({ default: (await import('~/features/control/sketch/SketchStage')).SketchStage }));

/** A picture that follows another one: its lines, its build, or its style. */
export function ControlStudio() {
  const { asset: named, job: jobId } = useSearch({ from: '/studio/control' });
  const navigate = useNavigate();
  const { data: operations, error: unknown } = useControlOperations();
  const { data: run, error: lost } = useRun(jobId);
  // A job that is opened by its address alone knows its picture.
  const image = run?.job.request['control_image'];
  const [drawing, setDrawing] = useState(false);
  const source = usePictureSource({
    assetId: named ?? (typeof image === 'string' ? image : undefined),
    onChoose: (asset) => {
      setDrawing(false);
      void navigate({ to: '/control', search: (before) => ({ op: before.op, asset }) });
    },
  });
  const place = 'flex-1 max-lg:h-[72dvh] max-lg:flex-none';
  const sheet = drawing && (
    <Suspense fallback={<LoadingSkeleton className={place} />}>
      <SketchStage busy={source.uploading} onDone={(file) => source.take([file])} onClose={() => setDrawing(false)} className={place} />
    </Suspense>
  );
  const draw = (
    <Button small={source.asset !== undefined} onClick={() => setDrawing(true)}>
      <PenLine size={16} aria-hidden />
      {t('sketch.draw')}
    </Button>
  );
  return (
    <StudioFrame
      title={t('place.control')}
      note={<span className="max-sm:hidden">{t('control.subtitle')}</span>}
      source={source}
      problem={source.problem ?? lost ?? unknown}
      start={{ title: t('control.start'), note: t('control.startNote'), action: draw }}
      instead={sheet && <div className="flex min-h-0 flex-1 flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">{sheet}</div>}
      pending={!operations && !unknown}
    >
      {(asset) => operations && <Work key={asset.id} asset={asset} operations={operations} run={run} draw={draw} sheet={sheet} onDraw={setDrawing} />}
    </StudioFrame>
  );
}

interface WorkProps {
  asset: Asset;
  operations: Record<string, ControlOperation>;
  run: Run | undefined;
  /** The way to a picture of one's own hand. */
  draw: ReactNode;
  sheet: ReactNode;
  onDraw: (drawing: boolean) => void;
}

function Work({ asset, operations, run, draw, sheet, onDraw }: WorkProps) {
  const { op } = useSearch({ from: '/studio/control' });
  const navigate = useNavigate();
  const [form, setForm] = useState<ControlForm>(EMPTY_CONTROL);
  const [key, row] = chosenOf(operations, op ?? run?.job.operation);
  const body = row ? bodyOf(key, row, form, asset.id) : null;
  const studio = useStudioRun({
    run,
    body,
    mutation: useControl(),
    onStarted: (job) => void navigate({ to: '/control', search: { asset: asset.id, op: key, job: job.id } }),
  });
  const [result] = studio.results;
  if (!row) return null;
  const name = nameOfAsset(asset);
  return (
    <div className="flex min-h-0 flex-1 gap-4 max-lg:flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {studio.error && <ProblemBanner problem={studio.error} />}
        {run && <RunBanner job={run.job} onAgain={studio.start} />}
        <Stage key={result?.id ?? 'source'} asset={asset} name={name} result={result} form={form} sheet={sheet} onDraw={onDraw} />
        {run && result && <StudioResult job={run.job} picture={result} />}
      </div>
      <Panel
        asset={asset}
        operations={operations}
        operation={key}
        row={row}
        form={form}
        draw={draw}
        refusal={studio.refusal}
        button={
          <RunButton
            row={row}
            form={form}
            quote={studio.quote}
            job={studio.job}
            busy={studio.busy}
            onStart={studio.start}
            onCancel={studio.cancel}
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
