// Pictures that follow pictures: what can be done, what would be followed, and doing it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, idempotencyKey, unwrap } from '~/api/client';
import { asProblem } from '~/api/errors';
import { keys } from '~/api/keys';
import type { ControlBody } from '~/api/types';
import { admit, started } from '~/features/jobs/queries';
import type { GuideKind } from './form';

export function useControlOperations() {
  return useQuery({
    queryKey: keys.control,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/control/operations', { signal })),
    staleTime: 60_000,
    select: ({ operations }) => operations,
  });
}

/** What an engine would see of a picture; nothing of it is kept. */
export function useGuide(picture: string, kind: GuideKind, strength: number) {
  return useQuery({
    queryKey: keys.guide(picture, kind, strength),
    staleTime: Infinity,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/image-studio/control/guide', { signal, body: { control_image_asset_id: picture, kind, strength } })),
  });
}

interface Order {
  body: ControlBody;
  key: string;
}

/** A request with a key of its own: sent twice, it is still one job. */
export const order = (body: ControlBody): Order => ({ body, key: idempotencyKey() });

/** Starts a job and gives it at once. */
export function useControl() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: Order) =>
      started(
        await unwrap(
          api.POST('/api/image-studio/control/process', { body, headers: { Prefer: 'respond-async', 'Idempotency-Key': key } }),
        ),
      ),
    retry: (failures, thrown) => failures < 2 && asProblem(thrown).code === 'unreachable',
    onSuccess: (job) => admit(client, job),
  });
}
