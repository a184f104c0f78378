import type { ControlOperation, Job } from '~/api/types';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { CostButton, WorkingButton } from '~/components/ImageStudio/ui/CostButton';
import type { Quote } from '~/features/costs/queries';
import { about, money } from '~/lib/format';
import { lackOf, type ControlForm } from '../form';

interface RunButtonProps {
  row: ControlOperation;
  form: ControlForm;
  quote: Quote;
  /** The job that works right now. */
  job: Job | undefined;
  busy: boolean;
  onStart: () => void;
  onCancel: () => void;
}

/** The button that makes it: what is missing, or what it costs, or how far it is. */
export function RunButton({ row, form, quote: { estimate, problem }, job, busy, onStart, onCancel }: RunButtonProps) {
  if (job) {
    const label = t('control.working', { percent: Math.round(job.progress * 100) });
    return <WorkingButton label={label} progress={job.progress} onCancel={onCancel} />;
  }
  const lacks = { engine: t('control.needsEngine'), style: t('control.needsStyle'), prompt: t('control.needsWords'), style_image: t('control.needsPicture') };
  const lack = lackOf(row, form);
  return (
    <CostButton
      verb={t('control.do')}
      price={estimate && money(estimate.total_cost, estimate.currency)}
      time={estimate && about(estimate.seconds)}
      blocked={lack ? lacks[lack] : problem && titleOf(problem)}
      busy={busy}
      onPress={onStart}
    />
  );
}
