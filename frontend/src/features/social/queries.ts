// Platforms and their formats, the exports of a picture, and taking them along.
import { useMutation, useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { ExportChoices, ExportSet, FormatsAnswer, SocialBody } from '~/api/types';
import { useStart } from '~/features/jobs/start';
import { save } from '~/lib/save';
import { keysOfSet, placesOf, type Place } from './kit';

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

export const formatsQuery = (platform: string) => ({
  queryKey: keys.formats(platform),
  staleTime: Infinity,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(api.GET('/api/image-studio/social/platforms/{platform}/formats', { params: { path: { platform } }, signal })),
});

/** The formats of some platforms, asked for once in a visit. */
export function useShelf(platforms: readonly string[]): Shelf {
  return useQueries({
    queries: platforms.map(formatsQuery),
    combine: shelfOf,
  });
}

/** Starts an export and gives its job at once. */
export const useSocial = () =>
  useStart((body: SocialBody, headers) => unwrap(api.POST('/api/image-studio/social/optimize', { body, headers })));

/** All files of a job in one archive, with what is to be known of each. */
export function useZip() {
  return useMutation({
    mutationFn: async ({ jobId, name }: { jobId: string; name: string }) => {
      const file = await unwrap(api.POST('/api/image-studio/social/zip', { body: { job_id: jobId }, parseAs: 'blob' }));
      save(file, name);
    },
  });
}

/** The choices that the workspace keeps under names. */
export function useExportSets() {
  return useQuery({
    queryKey: keys.exportSets,
    queryFn: ({ signal }) => unwrap(api.GET('/api/image-studio/social/export-sets', { signal })),
    select: ({ export_sets: sets }) => sets,
  });
}

function useChange<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => client.invalidateQueries({ queryKey: keys.exportSets }) });
}

const path = (id: string) => ({ params: { path: { export_set_id: id } } });

/** Keeps choices under a name, or in the place of the set of an id. */
export const useKeepSet = () =>
  useChange(({ id, body }: { id: string | undefined; body: ExportChoices }) =>
    id === undefined
      ? unwrap(api.POST('/api/image-studio/social/export-sets', { body }))
      : unwrap(api.PUT('/api/image-studio/social/export-sets/{export_set_id}', { ...path(id), body })),
  );

export const useRemoveSet = () => useChange((id: string) => unwrap(api.DELETE('/api/image-studio/social/export-sets/{export_set_id}', path(id))));

/** Finds out which formats a set means, asking for its platforms where they are not known yet. */
export function useKeysOfSet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (set: ExportSet) => keysOfSet(set, await Promise.all((set.platforms ?? []).map((platform) => client.ensureQueryData(formatsQuery(platform))))),
  });
}
