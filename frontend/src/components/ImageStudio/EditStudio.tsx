import { clsx } from 'clsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { t } from '~/app/i18n';
import { isTool } from '~/features/edit/form';
import { useEditOperations } from '~/features/edit/queries';
import { useForms } from '~/features/edit/useForms';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { useGlow } from '~/lib/glow';
import type { Place } from './EditDesk';
import { EditImageUploader } from './EditImageUploader';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

// It is needed with a picture only; the page stands before it.
const EditDesk = lazy(async () => ({ default: (await import('./EditDesk')).EditDesk }));

/** One picture, and everything that can be changed in it. */
export function EditStudio() {
  const place = useSearch({ from: '/studio/edit' });
  const navigate = useNavigate();
  const go = (next: Place) => void navigate({ to: '/edit', search: next });
  const source = usePictureSource({ assetId: place.asset, onChoose: (asset) => go({ asset, op: place.op }) });
  const operations = useEditOperations();
  const forms = useForms();
  const { asset } = source;
  const [header, setHeader] = useState<HTMLElement | null>(null);
  useGlow(asset?.thumbhash);

  const table = operations.data;
  const keys = Object.keys(table ?? {}).filter((key) => !isTool(key));
  const name = keys.find((key) => key === place.op) ?? keys[0];
  const operation = name === undefined ? undefined : table?.[name];
  const [width, height] = [asset?.width ?? 0, asset?.height ?? 0];
  const problem = source.problem ?? operations.error;
  return (
    <div className={clsx('flex flex-col max-lg:min-h-dvh lg:h-dvh', asset && 'max-sm:h-dvh')}>
      <PageHeader
        title={asset?.title || t('place.edit')}
        note={asset && width > 0 ? <span className="max-sm:hidden">{t('size.pixels', { width, height })}</span> : undefined}
        beside={asset && <div ref={setHeader} className="flex flex-1 justify-end" />}
      />
      {problem && (
        <div className="mb-3 max-sm:px-4.5">
          <ProblemBanner problem={problem} action={operations.error && <Button onClick={() => void operations.refetch()}>{t('action.retry')}</Button>} />
        </div>
      )}
      {!asset && !source.pending && (
        <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto max-sm:px-4.5 max-sm:pb-28">
          <EditImageUploader source={source} />
        </div>
      )}
      {(source.pending || (asset && operations.isPending)) && (
        <div role="status" aria-label={t('edit.loading')} className="min-h-[50dvh] flex-1 pb-3 max-sm:px-4.5">
          <LoadingSkeleton className="size-full rounded-panel" />
        </div>
      )}
      {asset && table && name !== undefined && operation && width > 0 && (
        <Suspense fallback={<LoadingSkeleton className="min-h-[50dvh] flex-1 rounded-panel" />}>
          <EditDesk
            key={asset.id}
            asset={asset}
            size={{ width, height }}
            place={place}
            operations={table}
            name={name}
            operation={operation}
            forms={forms}
            header={header}
            onGo={go}
          />
        </Suspense>
      )}
      {asset && source.hovering && (
        <div className="pointer-events-none fixed inset-0 z-50 flex animate-appear items-center justify-center bg-scrim">
          <p className="pop rounded-panel px-8 py-6 text-title font-[620]">{t('picture.drop')}</p>
        </div>
      )}
    </div>
  );
}
