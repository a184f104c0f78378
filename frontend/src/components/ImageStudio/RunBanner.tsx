import type { Job } from '~/api/types';
import { t } from '~/app/i18n';
import { StudioProblem } from '~/api/errors';
import { AbovePage } from '~/features/trouble/above';
import { ProblemBanner } from './ProblemBanner';
import { AsyncStatusBanner } from './ui/AsyncStatusBanner';
import { Button } from './ui/Button';
import { UseLocal } from './UseLocal';

interface RunBannerProps {
  job: Job;
  onEngine?: ((engine: string) => void) | undefined;
  /** Starts the same again. */
  onAgain?: (() => void) | undefined;
}

/** What is worth knowing about how a job went: another engine stepped in, or it failed as a whole. */
export function RunBanner({ job, onEngine, onAgain }: RunBannerProps) {
  const again = onAgain && <Button onClick={onAgain}>{t('action.retry')}</Button>;
  if (job.status === 'failed') {
    const problem = new StudioProblem({ status: 0, ...job.problem });
    const ways = (
      <>
        {onEngine && <UseLocal code={problem.code} engine={job.provider} onUse={onEngine} />}
        {again}
      </>
    );
    return <ProblemBanner problem={problem} kept={t('create.kept')} action={ways} rank="failure" />;
  }
  const { from, reason } = job.fallback ?? {};
  if (typeof from !== 'string' || typeof reason !== 'string') return null;
  return (
    <AbovePage rank="fact">
      <AsyncStatusBanner tone="fallback" title={t('fallback.title', { engine: job.provider ?? '' })} action={again}>
        <p>{t('fallback.note', { engine: from, reason })}</p>
      </AsyncStatusBanner>
    </AbovePage>
  );
}
