// Asking for a picture with more pixels.
import { api, unwrap } from '~/api/client';
import type { UpscaleBody } from '~/api/types';
import { useStart } from '~/features/jobs/start';

/** Starts a job and gives it at once. */
export const useUpscale = () => useStart((body: UpscaleBody, headers) => unwrap(api.POST('/api/image-studio/upscale', { body, headers })));
