// Where a studio's picture comes from: a file dropped, pasted or chosen, or an asset of the library named in the address.
import { asProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useAsset, useUpload } from '~/features/library/queries';
import { useFileEntry } from '~/lib/useFileEntry';
import { say } from '~/features/toasts/store';

/** What a drawn mask is called when it is sent. */
export const MASK_FILE = 'mask.png';
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

interface SourceInput {
  assetId: string | undefined;
  /** Told of the asset that was chosen, or that an uploaded file became. */
  onChoose: (assetId: string) => void;
}

export interface PictureSource {
  asset: Asset | undefined;
  /** The asset named in the address is on its way. */
  pending: boolean;
  /** Why the asset named in the address can't be had. */
  problem: unknown;
  uploading: boolean;
  /** Files hang above the page right now. */
  hovering: boolean;
  choose: (assetId: string) => void;
  take: (files: readonly File[]) => void;
}

/** The picture of a studio page. Files may be dropped or pasted anywhere on the page; the first that is a picture counts. */
export function usePictureSource({ assetId, onChoose }: SourceInput): PictureSource {
  const { data: asset, isPending, error } = useAsset(assetId);
  const { take, uploading } = useUploadOne(onChoose);
  const hovering = useFileEntry(take);
  return { asset, pending: assetId !== undefined && isPending, problem: error, uploading, hovering, choose: onChoose, take };
}

/** Uploads one file into the library; what goes wrong is said at the bottom. */
export function useUploadOne(onDone: (assetId: string) => void) {
  const upload = useUpload();
  const take = (files: readonly File[]) =>
    upload.mutate(files.slice(0, 1), {
      onSuccess: ({ assets, errors }) => {
        for (const { filename, detail } of errors) say({ text: [filename, detail].filter(Boolean).join(': '), tone: 'danger' });
        if (assets[0]) onDone(assets[0].id);
      },
      onError: (thrown) => {
        const problem = asProblem(thrown);
        say({ text: [titleOf(problem), problem.detail].filter(Boolean).join('. '), tone: 'danger' });
      },
    });
  return { take, uploading: upload.isPending };
}
