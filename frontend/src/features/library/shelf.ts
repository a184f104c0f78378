// What orders the library: its months, its tags, its collections.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { LibraryQuery } from './filter';

/** Months come in one order, whatever the pictures' is. */
const unsorted = (query: LibraryQuery) => ({ ...query, sort_by: undefined, sort_order: undefined });

/** How many pictures each month has, of those that are asked for. */
export function useMonths(asked: LibraryQuery) {
  const query = unsorted(asked);
  return useQuery({
    queryKey: keys.months(query),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/content-assets/months', { params: { query }, signal }))).months,
  });
}

/** The tags in use, the commonest first. */
export function useTags() {
  return useQuery({
    queryKey: keys.tags,
    staleTime: 30_000,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/content-assets/tags', { params: { query: { limit: 60 } }, signal }))).tags,
  });
}

export function useStatistics() {
  return useQuery({
    queryKey: keys.statistics,
    staleTime: 30_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/content-assets/statistics', { signal })),
  });
}

export function useCollections() {
  return useQuery({
    queryKey: keys.collections,
    staleTime: 30_000,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/content-assets/collections', { signal }))).collections,
  });
}

const path = (collection_id: string) => ({ params: { path: { collection_id } } });

/** Makes, renames and removes collections; the pictures in them stay. */
export function useCollectionVerbs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.assets });
  const create = useMutation({
    mutationFn: (name: string) => unwrap(api.POST('/api/content-assets/collections', { body: { name } })),
    onSettled,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      unwrap(api.PUT('/api/content-assets/collections/{collection_id}', { ...path(id), body: { name } })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/content-assets/collections/{collection_id}', path(id))),
    onSettled,
  });
  return { create, rename, remove };
}
