// Writing a picture as another file.
import { api, unwrap } from '~/api/client';
import { useStart } from '~/features/jobs/start';
import type { Order } from './form';

/** Starts a job and gives it at once. */
export const useSaving = () =>
  useStart((order: Order, headers) =>
    order.operation === 'compress'
      ? unwrap(api.POST('/api/image-studio/compress', { body: order.body, headers }))
      : unwrap(api.POST('/api/image-studio/convert', { body: order.body, headers })),
  );
