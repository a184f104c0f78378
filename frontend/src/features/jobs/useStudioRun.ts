// One run of a studio page: what it would cost, starting it, how far it is, and calling it off.
import { fieldProblem } from '~/api/errors';
import type { Job } from '~/api/types';
import { useQuote } from '~/features/costs/queries';
import { useRunKey } from '~/lib/useRunKey';
import { useCancelJob } from './queries';
import { isActive, readyOf, type Run } from './run';
import { order, type useStart } from './start';

interface StudioRunInput<Body extends object> {
  /** The run that the address names. */
  run: Run | undefined;
  /** What would be sent now; null while something is missing. */
  body: Body | null;
  mutation: ReturnType<typeof useStart<Body>>;
  onStarted: (job: Job) => void;
}

export function useStudioRun<Body extends object>({ run, body, mutation, onStarted }: StudioRunInput<Body>) {
  const quote = useQuote(body, { steady: true });
  const cancelJob = useCancelJob();
  const working = run !== undefined && isActive(run.job);
  const start = () => {
    if (!body || quote.problem || mutation.isPending || working) return;
    mutation.mutate(order(body), { onSuccess: onStarted });
  };
  useRunKey(start);
  return {
    quote,
    /** The job that works right now. */
    job: working ? run.job : undefined,
    busy: mutation.isPending,
    /** Why the last start was refused. */
    error: mutation.error,
    results: run ? readyOf(run) : [],
    refusal: (field: string) => fieldProblem(quote.problem ?? mutation.error, field),
    start,
    cancel: () => run && cancelJob.mutate(run.job.id),
  };
}
