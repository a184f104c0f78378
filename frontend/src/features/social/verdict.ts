// A finished file, judged for a format: sent, measured, and forgotten.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Place } from './kit';

function formOf(file: File, { platform, id }: Place): FormData {
  const form = new FormData();
  form.append('request', JSON.stringify({ platform, format: id }));
  form.append('image', file);
  return form;
}

/** Whether a file is right for a format, rule by rule. */
export function useVerdict(file: File | null, place: Place | undefined) {
  return useQuery({
    queryKey: keys.verdict([file?.name, file?.size, file?.lastModified, place?.key]),
    enabled: file !== null && place !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => unwrap(api.POST('/api/image-studio/social/preflight', { body: { platform: place!.platform }, bodySerializer: () => formOf(file!, place!), signal })),
  });
}
