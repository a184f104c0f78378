// Pictures as the palette asks for them: the newest, or those that answer what was typed.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';

const FEW = 4;

export function useFoundAssets(search: string) {
  return useQuery({
    queryKey: keys.assetsFound(search),
    queryFn: ({ signal }) => {
      const query = { asset_type: 'image' as const, limit: FEW, ...(search && { search }) };
      return unwrap(api.GET('/api/content-assets/', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    select: ({ assets }) => assets,
  });
}
