import { asProblem } from '~/api/errors';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useRun } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import { useCutOut } from './queries';

/** Cuts out; how it ended, the shell tells as of any job. */
export function useCutOutFlow() {
  const cutOut = useCutOut();
  const { data: run } = useRun(cutOut.data?.id);
  const working = cutOut.data !== undefined && (run === undefined || isActive(run.job));
  const start = (assetId: string) =>
    cutOut.mutate(assetId, { onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }) });
  return { start, busy: cutOut.isPending || working };
}
