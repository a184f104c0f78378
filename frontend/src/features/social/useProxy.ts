import { useQuery } from '@tanstack/react-query';
import { keys } from '~/api/keys';
import type { Asset } from '~/api/types';
import type { Extent } from './crop';

const LONGEST = 1280;
const LARGE = 2_000_000;

/** A copy of a picture with its longer side at most 1280 px. */
async function shrunk(url: string, { width, height }: Extent, signal: AbortSignal): Promise<string> {
  const file = await (await fetch(url, { signal })).blob();
  const scale = LONGEST / Math.max(width, height);
  const [resizeWidth, resizeHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const bitmap = await createImageBitmap(file, { resizeWidth: resizeWidth!, resizeHeight: resizeHeight!, resizeQuality: 'medium' });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  // Lives as long as the page's memory of it, unlike an address that has to be given back.
  return canvas.toDataURL('image/webp', 0.9);
}

/**
 * The address of a picture that many frames redraw at every move: of a small copy of a large one, of the file itself
 * otherwise, and where no copy can be made (files on another host).
 */
export function useProxy(asset: Asset): string {
  const size = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const large = size.width * size.height > LARGE;
  const { data: copy, isPending } = useQuery({
    queryKey: keys.proxy(asset.id),
    enabled: large,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => shrunk(asset.file_url, size, signal),
  });
  if (!large) return asset.file_url;
  return copy ?? (isPending ? asset.thumbnail_url : null) ?? asset.file_url;
}
