// The facade that Edit speaks to: one picture, one operation, its price, its job and the verbs.
import { asProblem, fieldProblem, StudioProblem } from '~/api/errors';
import type { EditOperation, Job } from '~/api/types';
import { useCancelJob, useRun } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { fileOf } from '~/features/mask/aside';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { useMaskSteps } from '~/features/mask/useMask';
import { useSettled } from '~/lib/react';
import { bodyOf, missingOf, type EditForm } from './form';
import { orderEdit, useEditEstimate, useStartEdit } from './queries';

interface EditInput {
  name: string;
  operation: EditOperation;
  form: EditForm;
  assetId: string;
  engine: MaskEngine;
  jobId: string | undefined;
}

export function useEdit({ name, operation, form, assetId, engine, jobId }: EditInput) {
  useMaskSteps(engine);
  const start = useStartEdit();
  const cancelJob = useCancelJob();
  const { data: run, error: lost } = useRun(jobId);
  const marked = operation.fields.mask === true && !engine.empty;
  const missing = missingOf(operation, form, marked);
  const body = bodyOf(name, operation, form, assetId);
  // A mask's shape has no price, so what can't do without one is priced by its outline.
  const alone = (operation.required ?? []).some((group) => group.every((each) => each === 'mask'));
  const asked = JSON.parse(useSettled(JSON.stringify({ body, complete: missing === null && !alone }), 300)) as { body: typeof body; complete: boolean };
  const { data: estimate } = useEditEstimate(asked.body, asked.complete);
  const job = run?.job;
  const failed = job?.status === 'failed' && job.operation === name ? new StudioProblem({ status: 0, ...job.problem }) : undefined;
  const problem: unknown = start.error ?? failed;

  const apply = (onStart: (started: Job) => void) => {
    if (missing !== null || !operation.available || start.isPending || (job && isActive(job))) return;
    start.mutate(orderEdit(body, marked ? () => fileOf(engine.mask) : undefined), { onSuccess: onStart });
  };
  return {
    job,
    working: job !== undefined && isActive(job),
    starting: start.isPending,
    missing,
    estimate,
    problem: problem === undefined || problem === null ? undefined : asProblem(problem),
    lost,
    error: (field: string) => fieldProblem(problem, field),
    apply,
    cancel: () => job && cancelJob.mutate(job.id),
    forget: start.reset,
  };
}
