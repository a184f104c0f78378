// The table of edits, what one costs, and starting one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { asProblem } from '~/api/errors';
import { keys } from '~/api/keys';
import type { Asset, EditBody } from '~/api/types';
import { MASK_FILE } from '~/features/picture/usePictureSource';
import { order, useStart } from '~/features/jobs/start';
import type { Order } from '~/features/trouble/patience';

/** Every operation of the studio, by key. */
export function useEditOperations() {
  return useQuery({
    queryKey: keys.editOperations,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/image-studio/edit/operations', { signal }))).operations,
  });
}

/** The price and the engine. `complete` requests are priced as they stand, others by their outline; a mask's shape costs nothing. */
export function useEditEstimate(body: EditBody, complete: boolean) {
  return useQuery({
    queryKey: keys.editEstimate(body, complete),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/image-studio/estimate-cost', {
          signal,
          body: { provider: body.provider ?? 'auto', operation: body.operation, ...(complete && { request: { ...body } }) },
        }),
      ),
  });
}

interface EditOrder extends Order<EditBody> {
  /** Makes the file when it is sent: large masks take a moment. */
  mask?: (() => Promise<Blob>) | undefined;
}

/** A request with a key of its own: sent twice, it is still one job. */
export const orderEdit = (body: EditBody, mask?: () => Promise<Blob>): EditOrder => ({ ...order(body), mask });

/** A mask goes along as a file beside the JSON. */
function formOf(body: EditBody, mask: Blob): FormData {
  const form = new FormData();
  form.append('request', JSON.stringify(body));
  form.append('mask', mask, MASK_FILE);
  return form;
}

/** Starts an edit and gives its job at once. */
export const useStartEdit = () =>
  useStart<EditBody, EditOrder>(async (body, headers, { mask }) => {
    const file = await mask?.();
    return unwrap(api.POST('/api/image-studio/edit', { body, ...(file && { bodySerializer: () => formOf(body, file) }), headers }));
  });

const LONGEST_LINE = 12;

/** A picture and what it was made of, the oldest first: each edit remembers the picture that it changed. */
export function useLineage(assetId: string | undefined) {
  return useQuery({
    queryKey: keys.lineage(assetId ?? ''),
    enabled: assetId !== undefined,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const line: Asset[] = [];
      let next = assetId;
      while (next !== undefined && line.length < LONGEST_LINE) {
        const params = { path: { asset_id: next } };
        const found = await unwrap(api.GET('/api/content-assets/{asset_id}', { params, signal })).catch((thrown: unknown) => {
          // An ancestor may be gone for good; the line begins after it.
          if (line.length > 0 && asProblem(thrown).status === 404) return null;
          throw thrown;
        });
        if (!found) break;
        line.unshift(found);
        next = found.parent_ids[0];
      }
      return line;
    },
  });
}
