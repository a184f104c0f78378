import type { Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { ResultActions } from './ResultActions';
import { Warnings } from './Warnings';

interface Told {
  notes?: string[];
  reason?: string;
}

/** What became of it: where it is, what was decided on the way, and the ways on. */
export function StudioResult({ job, picture }: { job: Job; picture: Picture }) {
  const { provider, model, metadata } = (job.result ?? {}) as { provider?: string; model?: string; metadata?: Told };
  const { notes = [], reason = '' } = metadata ?? {};
  const engine = [provider, model].filter(Boolean).join('/');
  const told = [...notes, engine && t('picture.engine', { engine, reason })];
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <div role="status" className="min-w-60 flex-1">
        <p className="font-[600]">
          {t('picture.saved')} <span className="font-[450] text-muted tabular-nums">{t('size.pixels', { width: picture.width, height: picture.height })}</span>
        </p>
        <p className="line-clamp-3 text-second text-muted">{told.filter(Boolean).join(' ')}</p>
        <Warnings job={job} />
      </div>
      <ResultActions picture={picture} />
    </div>
  );
}
