// What the studio can be asked to do, as plain functions: each starts its job and gives it, or looks something up once.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { CreateBody, EditBody, Job, SocialBody, UpscaleBody } from '~/api/types';
import { order, useCreate } from '~/features/create/queries';
import { orderEdit, useStartEdit } from '~/features/edit/queries';
import { useJobs } from '~/features/jobs/queries';
import { formatsQuery, useSocial } from '~/features/social/queries';
import { useUpscale } from '~/features/upscale/queries';

const MINUTE = 60_000;

/** What these jobs have cost so far, in credits: what was charged, or what is expected of those at work. */
export const costOf = (jobs: readonly Job[]): number =>
  jobs.reduce((sum, { status, cost }) => sum + (['queued', 'running', 'waiting'].includes(status) ? Math.max(cost.captured, cost.estimated) : cost.captured), 0);

export function useStudioVerbs() {
  const client = useQueryClient();
  const create = useCreate();
  const edit = useStartEdit();
  const upscale = useUpscale();
  const social = useSocial();
  const { data } = useJobs(true);
  const [started, setStarted] = useState<readonly string[]>([]);
  const verbs = [create, edit, upscale, social] as const;

  /** Remembers what was started here, for its cost. */
  const kept = async (starting: Promise<Job>): Promise<Job> => {
    const job = await starting;
    setStarted((before) => [...before, job.id]);
    return job;
  };

  return {
    generateImage: (body: CreateBody) => kept(create.mutateAsync(order(body))),
    /** `mask` makes the file that goes along, when it is sent. */
    processEdit: (body: EditBody, mask?: () => Promise<Blob>) => kept(edit.mutateAsync(orderEdit(body, mask))),
    processUpscale: (body: UpscaleBody) => kept(upscale.mutateAsync(order(body))),
    optimizeForSocial: (body: SocialBody) => kept(social.mutateAsync(order(body))),
    getPlatformFormats: (platform: string) => client.fetchQuery(formatsQuery(platform)),
    loadEditOperations: () =>
      client.fetchQuery({
        queryKey: keys.editOperations,
        staleTime: MINUTE,
        queryFn: async ({ signal }) => (await unwrap(api.GET('/api/image-studio/edit/operations', { signal }))).operations,
      }),
    /** What exactly this request would cost. */
    estimateCost: (request: object) =>
      client.fetchQuery({
        queryKey: keys.quote(request),
        staleTime: MINUTE,
        queryFn: ({ signal }) =>
          unwrap(api.POST('/api/image-studio/estimate-cost', { signal, body: { provider: 'auto', num_images: 1, quality: 'standard', request: { ...request } } })),
      }),
    loading: verbs.some(({ isPending }) => isPending),
    /** Why the last of each verb was refused. */
    errors: verbs.flatMap(({ error }) => error ?? []),
    /** In credits, of what was started here. */
    runningCost: costOf(data?.jobs.filter(({ id }) => started.includes(id)) ?? []),
  };
}
