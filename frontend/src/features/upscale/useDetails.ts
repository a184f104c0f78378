// The details of a picture, cut out of its file here in the browser, and what they become.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Asset } from '~/api/types';
import { boxAround, sharpest, type Extent } from './details';

/** Of a detail, in pixels of the picture. */
export const SIDE = 160;
const COUNT = 4;
const LOOKED_AT = 480;

export interface Detail {
  box: { left: number; top: number; width: number; height: number };
  /** What is there now, as the file has it. */
  src: string;
}

function drawn(bitmap: ImageBitmap): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  return [canvas, pen];
}

async function lightOf(file: Blob, picture: Extent): Promise<[Float32Array, Extent]> {
  const scale = Math.min(1, LOOKED_AT / Math.max(picture.width, picture.height));
  const [width, height] = [Math.max(3, Math.round(picture.width * scale)), Math.max(3, Math.round(picture.height * scale))];
  const [, pen] = drawn(await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' }));
  const { data } = pen.getImageData(0, 0, width, height);
  return [Float32Array.from({ length: width * height }, (_, at) => 0.3 * data[4 * at]! + 0.59 * data[4 * at + 1]! + 0.11 * data[4 * at + 2]!), { width, height }];
}

async function detailsOf(url: string, picture: Extent, signal: AbortSignal): Promise<Detail[]> {
  const file = await (await fetch(url, { signal })).blob();
  const spots = sharpest(...(await lightOf(file, picture)), COUNT);
  return Promise.all(
    spots.map(async (spot) => {
      const box = boxAround(spot, picture, SIDE);
      const [canvas] = drawn(await createImageBitmap(file, box.left, box.top, box.width, box.height));
      return { box, src: canvas.toDataURL('image/png') };
    }),
  );
}

/** The places of a picture with the finest detail; none where its file can't be read here. */
export function useDetails(asset: Asset): readonly Detail[] {
  const picture = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const { data } = useQuery({
    queryKey: keys.details(asset.id),
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: ({ signal }) => detailsOf(asset.file_url, picture, signal),
  });
  return data ?? [];
}

export type LocalModel = 'span-x4' | 'lanczos';

/** What a detail becomes, by this machine's own engine; nothing of it is kept. */
export function useDetailPreview(picture: string, detail: Detail | undefined, { factor, model }: { factor: number; model: LocalModel }) {
  const body = detail && { image_asset_id: picture, ...detail.box, factor, model };
  return useQuery({
    queryKey: keys.detail(body ?? null),
    enabled: body !== undefined,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const began = performance.now();
      const answer = await unwrap(api.POST('/api/image-studio/upscale/preview', { body: body!, signal }));
      return { ...answer, seconds: (performance.now() - began) / 1000 };
    },
  });
}
