import type { Estimate, Job } from '~/api/types';
import { t } from '~/app/i18n';
import { blockerOf, type CreateForm } from '~/features/create/form';
import { about, money } from '~/lib/format';
import { CostButton, WorkingButton } from './ui/CostButton';

interface CostEstimatorProps {
  form: CreateForm;
  estimate: Estimate | undefined;
  busy: boolean;
  onGenerate: () => void;
}

/** The button that makes pictures, with what exactly this form costs and how long it takes. */
export function CostEstimator({ form, estimate, busy, onGenerate }: CostEstimatorProps) {
  const blocker = blockerOf(form);
  const reasons = { prompt: t('create.needsPrompt'), seed: t('create.needsSeed'), engine: t('create.needsEngine') };
  return (
    <CostButton
      verb={t('create.generate', { pictures: form.pictures })}
      price={estimate && money(estimate.total_cost, estimate.currency)}
      time={estimate?.seconds == null ? undefined : about(estimate.seconds)}
      blocked={blocker ? reasons[blocker] : undefined}
      busy={busy}
      onPress={onGenerate}
    />
  );
}

interface MakingProps {
  job: Job;
  ready: number;
  total: number;
  onCancel: () => void;
}

/** The same button while the pictures are being made. */
export function Making({ job, ready, total, onCancel }: MakingProps) {
  const label = t('create.making', { number: Math.min(ready + 1, total), total });
  return <WorkingButton label={label} progress={Math.max(job.progress, ready / total)} onCancel={onCancel} />;
}
