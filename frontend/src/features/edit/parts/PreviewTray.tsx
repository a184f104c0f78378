import { clsx } from 'clsx';
import { TriangleAlert } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { useRun } from '~/features/jobs/queries';
import { isActive, readyOf } from '~/features/jobs/run';
import { letterOf } from '../lines';
import type { useVersions } from '../useVersions';

interface PreviewTrayProps {
  versions: ReturnType<typeof useVersions>;
  onUse: (assetId: string) => void;
}

/** The versions that are no step yet, raised beside the steps: looked at, used or thrown away. */
export function PreviewTray({ versions, onUse }: PreviewTrayProps) {
  const { ids, shown, result, choose, drop } = versions;
  const letter = shown === undefined ? '' : letterOf(ids.indexOf(shown));
  return (
    <section aria-label={t('edit.preview')} className="pop flex shrink-0 items-center gap-3 rounded-button p-2 pr-4 max-sm:w-full max-sm:flex-wrap">
      <div role="group" aria-label={t('edit.versions')} className="flex max-w-90 gap-2.5 overflow-x-auto p-1 [scrollbar-width:none]">
        {ids.map((id, index) => (
          <Version key={id} id={id} letter={letterOf(index)} chosen={id === shown} onChoose={() => choose(id === shown ? null : id)} />
        ))}
      </div>
      <div className="max-sm:flex max-sm:flex-1 max-sm:flex-wrap max-sm:items-center max-sm:gap-2">
        <p role="status" className="mb-1.5 flex items-center gap-2 text-second font-[580] text-warn max-sm:mb-0 max-sm:w-full">
          <span aria-hidden className="size-1.5 rounded-full bg-current" />
          {t('edit.previewNote')}
        </p>
        <div className="flex gap-2">
          {result && (
            <Button look="ink" small onClick={() => onUse(result.id)}>
              {t('edit.use', { letter })}
            </Button>
          )}
          {shown !== undefined && (
            <Button look="quiet" small aria-label={t('edit.discardOne', { letter })} onClick={() => drop(shown, result?.id)}>
              {t('edit.discard')}
            </Button>
          )}
          {shown === undefined && <span className="text-second text-muted">{t('edit.choose')}</span>}
        </div>
      </div>
    </section>
  );
}

interface VersionProps {
  id: string;
  letter: string;
  chosen: boolean;
  onChoose: () => void;
}

/** One version, however far it is. */
function Version({ id, letter, chosen, onChoose }: VersionProps) {
  const { data: run } = useRun(id);
  const [picture] = run ? readyOf(run) : [];
  const working = !run || isActive(run.job);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={working ? t('edit.versionWorking', { letter }) : picture ? t('edit.version', { letter }) : t('edit.versionFailed', { letter })}
      onClick={onChoose}
      className={clsx('relative h-16 w-25 shrink-0 rounded-control', chosen && 'selected-ring')}
    >
      {picture ? (
        <Photo
          src={picture.thumbnail_url ?? picture.url}
          alt=""
          width={picture.width}
          height={picture.height}
          thumbhash={picture.thumbhash}
          className="size-full rounded-control"
        />
      ) : working ? (
        <LoadingSkeleton className="size-full rounded-control" />
      ) : (
        <span className="flex size-full items-center justify-center rounded-control bg-danger-soft text-danger">
          <TriangleAlert size={18} aria-hidden />
        </span>
      )}
      <span aria-hidden className="over absolute top-1.5 left-1.5 flex size-5 items-center justify-center rounded-[7px] text-caption font-[640]">
        {letter}
      </span>
    </button>
  );
}
