// The table of edits, what one costs, and starting one.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { EditBody , FamilyAnswer as Family } from '~/api/types';
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

/** A picture with what it was made from, and what was made from it. */
export function useFamily(assetId: string | undefined) {
  return useQuery({
    queryKey: keys.family(assetId ?? ''),
    enabled: assetId !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => unwrap(api.GET('/api/content-assets/{asset_id}/lineage', { params: { path: { asset_id: assetId ?? '' } }, signal })),
  });
}

/** Keeps what is known of a family until the library tells: as old as can be, so that it is asked at once. */
export function useFamilyGuess() {
  const client = useQueryClient();
  return (family: Family) => client.setQueryData(keys.family(family.asset_id), family, { updatedAt: 0 });
}

const path = (id: string) => ({ params: { path: { asset_id: id } } });

/** Throws a version away, and brings it back. */
export function useDiscard() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.assets });
  const discard = useMutation({ mutationFn: (id: string) => unwrap(api.DELETE('/api/content-assets/{asset_id}', path(id))), onSettled });
  const restore = useMutation({ mutationFn: (id: string) => unwrap(api.POST('/api/content-assets/{asset_id}/restore', path(id))), onSettled });
  return { discard, restore };
}
