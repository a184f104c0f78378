// What orders the library: its months, its tags, its collections.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Collection } from '~/api/types';
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

/** As many as one request names. */
const MANY = 500;

interface Removed {
  name: string;
  description: string;
  assets: readonly string[];
}

/** All pictures of a collection. */
async function contentsOf(id: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await unwrap(
      api.GET('/api/content-assets/collections/{collection_id}/assets', { params: { ...path(id).params, query: { limit: MANY, include_inputs: true, ...(cursor && { cursor }) } } }),
    );
    ids.push(...page.assets.map((asset) => asset.id));
    if (!page.next_cursor) return ids;
    cursor = page.next_cursor;
  }
}

/** A collection as it was, under another id. */
async function madeAgain({ name, description, assets }: Removed): Promise<string> {
  const { id } = await unwrap(api.POST('/api/content-assets/collections', { body: { name, description } }));
  for (let at = 0; at < assets.length; at += MANY) {
    await unwrap(api.POST('/api/content-assets/collections/{collection_id}/assets', { ...path(id), body: { asset_ids: assets.slice(at, at + MANY) } }));
  }
  return id;
}

/** Makes, renames and removes collections, and brings them back; the pictures in them stay. */
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
    mutationFn: async ({ id, name, description }: Collection): Promise<Removed> => {
      const assets = await contentsOf(id);
      await unwrap(api.DELETE('/api/content-assets/collections/{collection_id}', path(id)));
      return { name, description, assets };
    },
    onSettled,
  });
  const bringBack = useMutation({ mutationFn: madeAgain, onSettled });
  return { create, rename, remove, bringBack };
}
