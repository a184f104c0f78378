// Templates and engines: facts of the server that hardly change.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';

const HOUR = 60 * 60_000;

export function useTemplates() {
  return useQuery({
    queryKey: keys.templates,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/templates', { signal })),
    staleTime: HOUR,
    select: ({ templates }) => templates,
  });
}

export function useProviders() {
  return useQuery({
    queryKey: keys.providers,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/providers', { signal })),
    staleTime: 60_000,
    select: ({ providers }) => providers,
  });
}
