import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '~/api/errors';

/** Asks again only where that may help: never after a refusal. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, thrown) => {
          const { status } = asProblem(thrown);
          return failures < 2 && (status === 0 || status >= 500);
        },
      },
    },
  });
