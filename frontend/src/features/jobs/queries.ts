// Jobs as pages ask for them.
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Job } from '~/api/types';
import { isActive, runOf, type Run } from './run';
import { makeMine } from './mine';
import { useStreaming, watch } from './watch';

/** Puts a job that was just admitted into the cache, so that its tiles stand at once. */
export function admit(client: QueryClient, job: Job): void {
  makeMine(job.id);
  client.setQueryData<Run>(keys.run(job.id), (before) => runOf(job, before));
  // It may have gone on, or ended, while its admission was on the way.
  void client.invalidateQueries({ queryKey: keys.run(job.id) });
  void client.invalidateQueries({ queryKey: keys.jobs });
}

/** The job that a start answers with; who waited long enough to get the result itself asks for its job. */
export async function started(answer: Job | { job_id: string }): Promise<Job> {
  if ('id' in answer) return answer;
  return unwrap(api.GET('/api/jobs/{job_id}', { params: { path: { job_id: answer.job_id } } }));
}

/** How often what can't be heard of is asked for, in milliseconds; and what should be heard of, for safety. */
const DEAF_MS = 2000;
const SURE_MS = 20_000;
const IDLE_MS = 30_000;

/** A job's run, live until the job has ended. */
export function useRun(id: string | undefined) {
  const client = useQueryClient();
  const streaming = useStreaming();
  const query = useQuery({
    queryKey: keys.run(id ?? ''),
    enabled: id !== undefined,
    queryFn: async ({ signal }): Promise<Run> => {
      const job = await unwrap(api.GET('/api/jobs/{job_id}', { params: { path: { job_id: id ?? '' } }, signal }));
      return runOf(job, client.getQueryData<Run>(keys.run(id ?? '')));
    },
    refetchInterval: ({ state }) => (state.data && isActive(state.data.job) ? (streaming ? SURE_MS : DEAF_MS) : false),
  });
  const active = query.data !== undefined && isActive(query.data.job);
  useEffect(() => (active ? watch(client) : undefined), [client, active]);
  return query;
}

/** The newest jobs of the workspace, live while one of them works. */
export function useJobs(enabled: boolean) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.jobs,
    enabled,
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs', { signal })),
    // Unseen pages go on asking while work goes on: they tell of its end.
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => {
      if (state.data?.jobs.some(isActive)) return 4000;
      return document.hidden ? false : IDLE_MS;
    },
  });
  const active = query.data?.jobs.some(isActive) ?? false;
  useEffect(() => (active ? watch(client) : undefined), [client, active]);
  return query;
}

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/jobs/{job_id}', { params: { path: { job_id: id } } })),
    // A job that ended in the meantime answers 409; either way the truth is a question away.
    onSettled: (_, __, id) => {
      void client.invalidateQueries({ queryKey: keys.run(id) });
      void client.invalidateQueries({ queryKey: keys.jobs });
    },
  });
}
