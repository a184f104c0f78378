import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '~/api/errors';

/** A pause that nobody sits out before a page, in seconds. */
const LONG = 60;

/** Asks again only where that may help: never after a refusal. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      // A studio on this machine answers without a network; whether it does is found out by asking.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failures, thrown) => {
          const { status, retryAfter } = asProblem(thrown);
          return failures < 2 && (status === 0 || status >= 500 || (status === 429 && (retryAfter ?? LONG) < LONG));
        },
        retryDelay: (failures, thrown) => (asProblem(thrown).retryAfter ?? 2 ** failures) * 1000,
      },
    },
  });
