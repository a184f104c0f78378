// What the cache knows of assets, wherever it knows it from: changed in one go, and put back in one go.
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from '~/api/keys';
import type { Asset, AssetPage } from '~/api/types';

/** What an asset becomes; null where it leaves the list. */
export type Change = (asset: Asset) => Asset | null;
type Pages = InfiniteData<AssetPage, string | undefined>;
type Before = readonly [readonly unknown[], unknown][];

const isPage = (data: unknown): data is AssetPage => typeof data === 'object' && data !== null && 'assets' in data && 'total' in data;
const isPages = (data: unknown): data is Pages => typeof data === 'object' && data !== null && 'pages' in data;

const isList = (key: readonly unknown[]) => key[0] === 'assets' && (key[1] === 'page' || key[1] === 'pages');
const LISTS = { queryKey: keys.assets, predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => isList(queryKey) };

const kept = (assets: readonly Asset[], change: Change) => assets.flatMap((asset) => change(asset) ?? []);
const pagesOf = (data: unknown): AssetPage[] => (isPages(data) ? data.pages : isPage(data) ? [data] : []);

function pageWith(page: AssetPage, change: Change, gone: number): AssetPage {
  return { ...page, assets: kept(page.assets, change), total: page.total - gone };
}

function listWith(data: unknown, change: Change, gone: number): unknown {
  if (isPages(data)) return { ...data, pages: data.pages.map((page) => pageWith(page, change, gone)) };
  return isPage(data) ? pageWith(data, change, gone) : data;
}

const nameOf = (key: readonly unknown[]) => JSON.stringify(key.slice(1, 3));

/** Changes every list and every single asset that the cache holds; returns how they were. */
export async function changeAssets(client: QueryClient, change: Change): Promise<Before> {
  await client.cancelQueries({ queryKey: keys.assets });
  const before = client.getQueriesData({ queryKey: keys.assets });
  // The pages of one list all tell how many it has; what leaves one of them leaves the count of all.
  const gone = new Map<string, number>();
  for (const [key, data] of before) {
    const lost = pagesOf(data).flatMap(({ assets }) => assets).filter((asset) => change(asset) === null).length;
    gone.set(nameOf(key), (gone.get(nameOf(key)) ?? 0) + lost);
  }
  for (const [key, data] of before) {
    if (isList(key)) client.setQueryData(key, listWith(data, change, gone.get(nameOf(key)) ?? 0));
  }
  client.setQueriesData<Asset>({ queryKey: [...keys.assets, 'one'] }, (asset) => asset && (change(asset) ?? asset));
  return before;
}

export const putBack = (client: QueryClient, before: Before | undefined) =>
  before?.forEach(([key, data]) => client.setQueryData(key, data));

/** An asset as any list knows it. */
export function listed(client: QueryClient, id: string | undefined): Asset | undefined {
  for (const [, data] of client.getQueriesData(LISTS)) {
    const found = pagesOf(data)
      .flatMap(({ assets }) => assets)
      .find((asset) => asset.id === id);
    if (found) return found;
  }
  return undefined;
}
