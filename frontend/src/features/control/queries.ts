// Pictures that follow pictures: what can be done, what would be followed, and doing it.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { ControlBody } from '~/api/types';
import { useStart } from '~/features/jobs/start';
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

/** Starts a job and gives it at once. */
export const useControl = () =>
  useStart((body: ControlBody, headers) => unwrap(api.POST('/api/image-studio/control/process', { body, headers })));
