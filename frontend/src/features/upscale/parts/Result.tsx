import type { Job, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { ResultActions } from '~/features/picture/parts/ResultActions';

interface Told {
  notes?: string[];
  ignored?: string[];
  reason?: string;
}

/** What became of it: where it is, what was decided on the way, and the ways on. */
export function Result({ job, picture }: { job: Job; picture: Picture }) {
  const { provider, model, metadata } = (job.result ?? {}) as { provider?: string; model?: string; metadata?: Told };
  const { notes = [], reason } = metadata ?? {};
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <div className="min-w-60 flex-1">
        <p className="font-[600]">
          {t('upscale.ready')} <span className="font-[450] text-muted tabular-nums">{t('size.pixels', { width: picture.width, height: picture.height })}</span>
        </p>
        <p className="line-clamp-3 text-second text-muted">{[...notes, model && `${provider}/${model}: ${reason ?? ''}`].filter(Boolean).join(' ')}</p>
      </div>
      <ResultActions picture={picture} />
    </div>
  );
}
