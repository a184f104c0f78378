import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';

/** The workspace's tier, and what it has and may spend. */
export const useAccount = () => useQuery({ queryKey: keys.account, queryFn: ({ signal }) => unwrap(api.GET('/api/account', { signal })) });
