// Platforms and their formats, the exports of a picture, and taking them along.
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { FormatsAnswer, SocialBody } from '~/api/types';
import { useStart } from '~/features/jobs/start';
import { placesOf, type Place } from './kit';

/** Every platform with the names of its formats. */
export function usePlatforms() {
  return useQuery({
    queryKey: keys.platforms,
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/social/platforms', { signal })),
    select: ({ platforms }) => platforms,
  });
}

export interface Shelf {
  /** Formats by key. */
  places: ReadonlyMap<string, Place>;
  /** Where figures were read, by the names that rules give. */
  sources: FormatsAnswer['sources'];
  pending: boolean;
  error: Error | null;
}

const shelfOf = (answers: UseQueryResult<FormatsAnswer>[]): Shelf => {
  const known = answers.flatMap(({ data }) => data ?? []);
  return {
    places: new Map(known.flatMap(placesOf).map((place) => [place.key, place])),
    sources: Object.assign({}, ...known.map(({ sources }) => sources)) as FormatsAnswer['sources'],
    pending: answers.some(({ isPending }) => isPending),
    error: answers.find(({ error }) => error)?.error ?? null,
  };
};

/** The formats of some platforms, asked for once in a visit. */
export function useShelf(platforms: readonly string[]): Shelf {
  return useQueries({
    queries: platforms.map((platform) => ({
      queryKey: keys.formats(platform),
      staleTime: Infinity,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(api.GET('/api/image-studio/social/platforms/{platform}/formats', { params: { path: { platform } }, signal })),
    })),
    combine: shelfOf,
  });
}

/** Starts an export and gives its job at once. */
export const useSocial = () =>
  useStart((body: SocialBody, headers) => unwrap(api.POST('/api/image-studio/social/optimize', { body, headers })));
