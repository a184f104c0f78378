// The library in pages of which only those in view are asked for: a jump to the middle loads nothing before it.
import { keepPreviousData, queryOptions, useQueries, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Asset, AssetPage } from '~/api/types';
import type { LibraryQuery } from './filter';

export const PAGE = 60;
/** As many as the server changes or packs at once. */
export const MOST = 500;

const pageOptions = (query: LibraryQuery, page: number) =>
  queryOptions({
    queryKey: keys.assetPage(query, page),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/content-assets/', { params: { query: { ...query, limit: PAGE, offset: page * PAGE } }, signal })),
  });

/** The first page, and with it how many there are; what was shown before stays until it is here. */
export function useFirstPage(query: LibraryQuery) {
  return useQuery({ ...pageOptions(query, 0), placeholderData: keepPreviousData });
}

const dataOf = (answers: readonly { data: AssetPage | undefined }[]) => answers.map(({ data }) => data);

/** Asks for these pages; gives what is known of any page, growing as they arrive. */
export function useSparse(query: LibraryQuery, wanted: readonly number[]): (page: number) => readonly Asset[] | undefined {
  const client = useQueryClient();
  const arrived = useQueries({ queries: wanted.map((page) => pageOptions(query, page)), combine: dataOf });
  // A new function whenever a page has arrived or changed, so that what is laid out by it is laid out again.
  return useMemo(() => {
    const here = new Map(wanted.map((page, at) => [page, arrived[at]]));
    return (page: number) => (here.get(page) ?? client.getQueryData(pageOptions(query, page).queryKey))?.assets;
  }, [client, query, wanted, arrived]);
}

/** The pictures from one index to another, both included, the nearest of them if they are too many. */
export async function assetsBetween(client: QueryClient, query: LibraryQuery, from: number, to: number): Promise<Asset[]> {
  const [first, last] = from < to ? [from, Math.min(to, from + MOST - 1)] : [Math.max(to, from - MOST + 1), from];
  const pages = Array.from({ length: Math.floor(last / PAGE) - Math.floor(first / PAGE) + 1 }, (_, at) => Math.floor(first / PAGE) + at);
  const answers = await Promise.all(pages.map((page) => client.ensureQueryData(pageOptions(query, page))));
  const start = pages[0]! * PAGE;
  return answers.flatMap(({ assets }) => assets).slice(first - start, last - start + 1);
}
