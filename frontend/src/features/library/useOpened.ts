import { useQueryClient } from '@tanstack/react-query';
import type { Asset } from '~/api/types';
import { listed } from './cache';
import { useAsset } from './queries';

/** The asset whose details are open; in the trash, as its list knows it: the server shows it to nobody else. */
export function useOpened(id: string | undefined, trash: boolean): { opened: Asset | undefined; error: unknown } {
  const client = useQueryClient();
  const { data, error } = useAsset(trash ? undefined : id);
  return { opened: id === undefined ? undefined : trash ? listed(client, id) : data, error: trash ? undefined : error };
}
