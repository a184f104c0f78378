import type { Job } from '~/api/types';
import { t } from '~/app/i18n';
import { StudioProblem } from '~/api/errors';
import { ProblemBanner } from './ProblemBanner';
import { AsyncStatusBanner } from './ui/AsyncStatusBanner';
import { Button } from './ui/Button';

/** What is worth knowing about how a job went: another engine stepped in, or it failed as a whole. */
export function RunBanner({ job, onLocal }: { job: Job; onLocal: () => void }) {
  if (job.status === 'failed') {
    const problem = new StudioProblem({ status: 0, ...job.problem });
    return <ProblemBanner problem={problem} kept={t('create.kept')} action={<Button onClick={onLocal}>{t('engine.useLocal')}</Button>} />;
  }
  const { from, reason } = job.fallback ?? {};
  if (typeof from !== 'string' || typeof reason !== 'string') return null;
  return (
    <AsyncStatusBanner tone="fallback" title={t('fallback.title', { engine: job.provider ?? '' })}>
      <p>{t('fallback.note', { engine: from, reason })}</p>
    </AsyncStatusBanner>
  );
}
