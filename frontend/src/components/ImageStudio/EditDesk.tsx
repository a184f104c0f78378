import { clsx } from 'clsx';
import { lazy, Suspense, useState } from 'react';
import type { Asset, EditOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { EditPanel } from '~/features/edit/parts/EditPanel';
import { HistoryStrip } from '~/features/edit/parts/HistoryStrip';
import { useLineage } from '~/features/edit/queries';
import { useEdit } from '~/features/edit/useEdit';
import type { useForms } from '~/features/edit/useForms';
import { MaskEngine } from '~/features/mask/engine/engine';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import type { Extent } from '~/features/picture/view';
import { useRunKey } from '~/lib/useRunKey';
import { EditOperationsToolbar } from './EditOperationsToolbar';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

// What one operation needs, or only its result, comes when it is wanted.
const EditResultViewer = lazy(async () => ({ default: (await import('./EditResultViewer')).EditResultViewer }));
const ImageMaskEditor = lazy(async () => ({ default: (await import('./ImageMaskEditor')).ImageMaskEditor }));
const FrameEditor = lazy(async () => ({ default: (await import('~/features/edit/parts/FrameEditor')).FrameEditor }));

export interface Place {
  asset?: string | undefined;
  op?: string | undefined;
  head?: string | undefined;
  job?: string | undefined;
}

interface EditDeskProps {
  asset: Asset;
  size: Extent;
  place: Place;
  operations: Record<string, EditOperation>;
  /** The operation at work, by its key. */
  name: string;
  operation: EditOperation;
  forms: ReturnType<typeof useForms>;
  onGo: (place: Place) => void;
}

/** One picture on the desk: what to do, the picture, the form, and the way it came. */
export function EditDesk({ asset, size, place, operations, name, operation, forms, onGo }: EditDeskProps) {
  const [engine] = useState(() => new MaskEngine(size));
  const form = forms.of(name);
  const edit = useEdit({ name, operation, form, assetId: asset.id, engine, jobId: place.job });
  const { data: line } = useLineage(place.head ?? asset.id);
  const here = { asset: asset.id, op: name, head: place.head };
  const apply = () => edit.apply((job) => onGo({ ...here, job: job.id }));
  useRunKey(apply);

  const { job, result } = edit;
  const select = operations['select'];
  const noSubject = select?.available ? null : (select?.reason ?? t('edit.cannot'));
  const stage =
    result && job ? (
      <EditResultViewer
        job={job}
        before={asset}
        size={size}
        result={result}
        onFurther={() => {
          forms.change(name, { sides: { left: 0, right: 0, up: 0, down: 0 } });
          onGo({ asset: result.id, op: name, head: result.id });
        }}
        onBack={() => onGo(here)}
      />
    ) : operation.fields.mask ? (
      <ImageMaskEditor asset={asset} size={size} engine={engine} noSubject={noSubject} />
    ) : operation.fields.expansion ? (
      <FrameEditor asset={asset} size={size} sides={form.sides} onChange={(sides) => forms.change(name, { sides })} />
    ) : (
      <PictureStage src={asset.file_url} alt={asset.title || asset.prompt || asset.filename} size={size} className="flex-1" />
    );
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col lg:gap-4.5 lg:pb-3">
      <div className="max-lg:pb-3 max-sm:px-4.5 lg:contents">
        <EditOperationsToolbar
          operations={operations}
          chosen={name}
          onChoose={(op) => {
            edit.forget();
            onGo({ ...here, op, ...(edit.working && { job: place.job }) });
          }}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-1 max-sm:px-4.5 lg:flex-1">
        <div className={clsx('flex min-h-0 flex-col lg:flex-1', result ? 'max-lg:h-[64dvh]' : 'max-lg:h-[46dvh]')}>
          <Suspense fallback={<LoadingSkeleton className="size-full rounded-panel" />}>{stage}</Suspense>
        </div>
        <HistoryStrip
          line={line ?? [asset]}
          current={asset.id}
          onGo={(id) => onGo({ asset: id, op: name, head: place.head ?? asset.id })}
          onOther={() => onGo({ op: name })}
        />
      </div>
      <EditPanel
        name={name}
        operation={operation}
        form={form}
        size={size}
        engine={engine}
        edit={edit}
        onChange={(part) => forms.change(name, part)}
        onApply={apply}
      />
    </div>
  );
}
