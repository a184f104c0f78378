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

const LONGEST_USE = 200;

/** The templates that suit some words, best first, each with its reason. */
export function useRecommended(words: string) {
  const use = words.trim().slice(0, LONGEST_USE);
  return useQuery({
    queryKey: keys.recommended(use),
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/templates/recommend', { signal, params: { query: { use_case: use } } })),
    enabled: use !== '',
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
