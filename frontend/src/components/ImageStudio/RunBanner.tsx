import type { Job } from '~/api/types';
import { t } from '~/app/i18n';
import { StudioProblem } from '~/api/errors';
import { ProblemBanner } from './ProblemBanner';
import { AsyncStatusBanner } from './ui/AsyncStatusBanner';
import { UseLocal } from './UseLocal';

/** What is worth knowing about how a job went: another engine stepped in, or it failed as a whole. */
export function RunBanner({ job, onEngine }: { job: Job; onEngine?: (engine: string) => void }) {
  if (job.status === 'failed') {
    const problem = new StudioProblem({ status: 0, ...job.problem });
    return <ProblemBanner problem={problem} kept={t('create.kept')} action={onEngine && <UseLocal code={problem.code} engine={job.provider} onUse={onEngine} />} />;
  }
  const { from, reason } = job.fallback ?? {};
  if (typeof from !== 'string' || typeof reason !== 'string') return null;
  return (
    <AsyncStatusBanner tone="fallback" title={t('fallback.title', { engine: job.provider ?? '' })}>
      <p>{t('fallback.note', { engine: from, reason })}</p>
    </AsyncStatusBanner>
  );
}
