import type { Asset, Job, UpscaleBody } from '~/api/types';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { CostButton, WorkingButton } from '~/components/ImageStudio/ui/CostButton';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import type { Quote } from '~/features/costs/queries';
import { StudioPanel } from '~/features/picture/parts/StudioPanel';
import { SourceRow } from '~/features/picture/parts/SourceRow';
import { about, money } from '~/lib/format';
import { FORMATS, type UpscaleForm } from '../form';
import { Arithmetic } from './Arithmetic';
import { Modes } from './Modes';
import { Sizes } from './Sizes';

interface PanelProps {
  asset: Asset;
  form: UpscaleForm;
  quote: Quote;
  body: UpscaleBody | null;
  refusal: (field: string) => string | undefined;
  /** The job that works right now. */
  job: Job | undefined;
  busy: boolean;
  onChange: (part: Partial<UpscaleForm>) => void;
  onOther: () => void;
  onStart: () => void;
  onCancel: () => void;
}

/** Everything that is to be said before a picture grows; the button says the price. */
export function Panel({ asset, form, quote, body, refusal, job, busy, onChange, onOther, onStart, onCancel }: PanelProps) {
  const own = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const { estimate, problem } = quote;
  const button = job ? (
    <WorkingButton label={t('upscale.working', { percent: Math.round(job.progress * 100) })} progress={job.progress} onCancel={onCancel} />
  ) : (
    <CostButton
      verb={t('upscale.do')}
      price={estimate && money(estimate.total_cost, estimate.currency)}
      time={estimate && about(estimate.seconds)}
      blocked={body === null ? t('upscale.needsSize') : problem ? t('upscale.blocked') : undefined}
      busy={busy}
      onPress={onStart}
    />
  );
  return (
    <StudioPanel label={t('upscale.form')} button={button}>
      <SourceRow asset={asset} onOther={onOther} />
      <Modes value={form.mode} body={body} onChange={(mode) => onChange({ mode })} />
      <Sizes form={form} picture={{ id: asset.id, ...own }} refusal={refusal} onChange={onChange} />
      <Arithmetic estimate={estimate} own={own} src={asset.thumbnail_url ?? asset.file_url} />
      <div>
        <p className="mb-2 text-second text-muted">{t('upscale.format')}</p>
        <Segmented
          label={t('upscale.format')}
          value={form.format}
          options={FORMATS.map((format) => ({ value: format, text: format.toUpperCase() }))}
          onChange={(format) => onChange({ format })}
        />
      </div>
      {estimate && <p className="text-caption text-muted">{t('picture.engine', { engine: `${estimate.provider}/${estimate.model}`, reason: estimate.reason })}</p>}
      {problem && problem.fields.length === 0 && (
        <p role="alert" className="rounded-chip bg-warn-soft px-3 py-2 text-second text-warn">
          <span className="block font-[600]">{titleOf(problem)}</span>
          {problem.detail}
        </p>
      )}
    </StudioPanel>
  );
}
