import { lazy, Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { base } from '~/api/base';
import type { Asset, EditOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { branchesOf, grownBy, lineTo, newborn } from '~/features/edit/lines';
import { EditPanel } from '~/features/edit/parts/EditPanel';
import { HistoryStrip } from '~/features/edit/parts/HistoryStrip';
import { UndoRedo } from '~/features/edit/parts/UndoRedo';
import { WaysOn } from '~/features/edit/parts/WaysOn';
import { useFamily, useFamilyGuess } from '~/features/edit/queries';
import { useEdit } from '~/features/edit/useEdit';
import type { useForms } from '~/features/edit/useForms';
import { useSteps } from '~/features/edit/useSteps';
import { useVersions } from '~/features/edit/useVersions';
import { engineOf } from '~/features/mask/engines';
import { useKeepMask } from '~/features/mask/useMask';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import type { Extent } from '~/features/picture/view';
import { useMedia } from '~/lib/react';
import { useRunKey } from '~/lib/useRunKey';
import { EditOperationsToolbar } from './EditOperationsToolbar';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

// What one operation needs, or only its result or a phone, comes when it is wanted.
const EditResultViewer = lazy(async () => ({ default: (await import('./EditResultViewer')).EditResultViewer }));
const ImageMaskEditor = lazy(async () => ({ default: (await import('./ImageMaskEditor')).ImageMaskEditor }));
const FrameEditor = lazy(async () => ({ default: (await import('~/features/edit/parts/FrameEditor')).FrameEditor }));
const PreviewTray = lazy(async () => ({ default: (await import('~/features/edit/parts/PreviewTray')).PreviewTray }));
const EditSheet = lazy(async () => ({ default: (await import('~/features/edit/parts/EditSheet')).EditSheet }));

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
  /** Where the header has room for the way back. */
  header: HTMLElement | null;
  onGo: (place: Place) => void;
}

/** One picture on the desk: what to do, the picture, the form, and the way it came. */
export function EditDesk({ asset, size, place, operations, name, operation, forms, header, onGo }: EditDeskProps) {
  const [engine] = useState(() => engineOf(asset.id, size));
  const [holding, setHolding] = useState(false);
  const phone = !useMedia('(min-width: 641px)');
  const form = forms.of(name);
  const here = { asset: asset.id, op: name, head: place.head };
  const versions = useVersions(place.job, (job) => onGo({ ...here, job }));
  const { shown, job, result } = versions;
  const edit = useEdit({ name, operation, form, assetId: asset.id, engine, jobId: versions.latest });
  const { line, branches } = useLine(place.head ?? asset.id, asset);
  const masking = operation.fields.mask === true && result === undefined;
  const goTo = (id: string) => onGo({ asset: id, op: name, head: place.head ?? asset.id });
  const steps = useSteps({ engine, masking, line: line.map(({ id }) => id), current: asset.id, onGo: goTo });
  const apply = () => edit.apply((started) => versions.add(started.id));
  useRunKey(apply);
  useKeepMask(engine);

  const guess = useFamilyGuess();
  const use = (id: string) => {
    // One can go back at once.
    guess(grownBy(line, asset.id, newborn(id, name, result?.id === id ? result : undefined)));
    forms.change(name, { sides: { left: 0, right: 0, up: 0, down: 0 } });
    onGo({ asset: id, op: name, head: id });
  };
  const [first] = line;
  const original = first && first.id !== asset.id && first.width === size.width && first.height === size.height ? `${base}/api/content-assets/${first.id}/content` : undefined;
  const select = operations['select'];
  const stage =
    result && job && shown ? (
      <EditResultViewer key={shown} job={job} before={asset} size={size} result={result} onBack={() => versions.choose(null)} />
    ) : operation.fields.mask ? (
      <ImageMaskEditor
        asset={asset}
        size={size}
        engine={engine}
        noSubject={select?.available ? null : (select?.reason ?? t('edit.cannot'))}
        original={original}
        holding={holding}
      />
    ) : operation.fields.expansion ? (
      <FrameEditor asset={asset} size={size} sides={form.sides} onChange={(sides) => forms.change(name, { sides })} />
    ) : (
      <PictureStage src={asset.file_url} alt={asset.title || asset.prompt || asset.filename} size={size} className="flex-1" />
    );
  const choose = (
    <EditOperationsToolbar
      operations={operations}
      chosen={name}
      onChoose={(op) => {
        edit.forget();
        versions.choose(null);
        onGo({ ...here, op, job: place.job });
      }}
    />
  );
  const tray = versions.ids.length > 0 && !(versions.ids.length === 1 && (edit.working || !edit.job)) && (
    <Suspense>
      <PreviewTray versions={versions} onUse={use} />
    </Suspense>
  );
  const strip = (
    <HistoryStrip
      line={line}
      current={asset.id}
      away={result !== undefined}
      branches={branches}
      onGo={goTo}
      onBranch={(id) => onGo({ asset: id, op: name, head: id })}
      onOther={() => onGo({ op: name })}
    >
      {!phone && tray}
    </HistoryStrip>
  );
  const panel = {
    name,
    operation,
    form,
    size,
    engine,
    edit,
    waits: tray ? versions.ids.length : 0,
    onChange: (part: Partial<typeof form>) => forms.change(name, part),
    onApply: apply,
  };
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col lg:gap-4 lg:pb-3">
      {header &&
        createPortal(
          <>
            <UndoRedo steps={steps} onHold={setHolding} />
            <WaysOn asset={asset} />
          </>,
          header,
        )}
      {!phone && <div className="max-lg:pb-3 lg:contents">{choose}</div>}
      <div className="flex min-w-0 flex-col gap-1 max-sm:min-h-0 max-sm:flex-1 lg:flex-1">
        <div className="flex min-h-0 flex-col max-lg:h-[52dvh] max-sm:h-auto max-sm:flex-1 lg:flex-1">
          <Suspense fallback={<LoadingSkeleton className="size-full rounded-panel" />}>{stage}</Suspense>
        </div>
        {!phone && strip}
      </div>
      {phone ? (
        <Suspense>
          <EditSheet {...panel} operations={choose} steps={strip} waiting={tray} />
        </Suspense>
      ) : (
        <EditPanel {...panel} />
      )}
    </div>
  );
}

/** The way to a picture, as far as it is known already, and the ends of other ways. */
function useLine(head: string, asset: Asset) {
  const { data: above } = useFamily(head);
  const known = above ? lineTo(above, head) : [];
  const { data: below } = useFamily(known[0]?.id);
  const alone = { ...asset, width: asset.width ?? null, height: asset.height ?? null, operation: null, purpose: null, trashed: false, thumbnail_url: asset.thumbnail_url ?? null };
  const line = known.some(({ id }) => id === asset.id) ? known : [{ ...alone, provider: null, model: null, cost: 0 }];
  return { line, branches: below ? branchesOf(below, line) : [] };
}
