// The facade that Create speaks to: a run, its price, and the verbs.
import { useState } from 'react';
import type { CreateBody, Job } from '~/api/types';
import { order, useCreate, useEstimate } from '~/features/create/queries';
import { useCancelJob, useJobs, useRun } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { useStudioVerbs } from './useStudioVerbs';

interface ImageStudioInput {
  /** The job that the page shows; without one, a create job that still works is taken up. */
  jobId: string | undefined;
  /** What would be made now: priced as it stands. */
  request: CreateBody;
}

export function useImageStudio({ jobId, request }: ImageStudioInput) {
  const { data: jobs } = useJobs(true);
  const working = jobs?.jobs.find((job) => isActive(job) && job.operation === 'create')?.id;
  // What was taken up stays in sight when it has ended.
  const [taken, setTaken] = useState(working);
  if (working !== undefined && working !== taken) setTaken(working);
  const { data: run, error: lost } = useRun(jobId ?? working ?? taken);
  const { data: estimate } = useEstimate(request);
  const create = useCreate();
  const cancelJob = useCancelJob();
  return {
    ...useStudioVerbs(),
    run,
    lost,
    estimate,
    create,
    createImage: (body: CreateBody, onStart: (job: Job) => void) => create.mutate(order(body), { onSuccess: onStart }),
    cancel: (id: string) => cancelJob.mutate(id),
  };
}
