// What the studio sees of a picture before anything is made: windows, faces, names, and each file small.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { CropsAnswer, SocialBody } from '~/api/types';
import { useSettled } from '~/lib/react';
import { cuts } from './aim';
import type { CropBox } from './crop';
import type { SocialForm } from './form';
import { asked, keyOf } from './kit';

export interface Looked {
  /** The studio's own windows, by the format's key. */
  found: Readonly<Record<string, CropBox>>;
  faces: readonly CropBox[];
  /** What the files will be called, by the format's key, without their extensions. */
  names: Readonly<Record<string, string>>;
}

const NOTHING: Looked = { found: {}, faces: [], names: {} };

const boxOf = ([left = 0, top = 0, width = 0, height = 0]: readonly number[]): CropBox => ({ left, top, width, height });

export const lookedOf = ({ crops, faces, laid_out: laidOut }: CropsAnswer): Looked => ({
  found: laidOut ? {} : Object.fromEntries(crops.map(({ platform, format_id: id, crop }) => [keyOf(platform, id), crop])),
  faces: (faces ?? []).map(boxOf),
  names: Object.fromEntries(crops.map(({ platform, format_id: id, name }) => [keyOf(platform, id), name])),
});

/** Where the studio would cut a picture for some formats: the very windows of the export. */
export function useLooked(picture: string, { formats, pattern }: Pick<SocialForm, 'formats' | 'pattern'>): Looked & { looking: boolean } {
  const names = useSettled(pattern.trim(), 500);
  const body = formats.length === 0 ? null : { image_asset_id: picture, ...asked(formats), crop_mode: 'smart' as const, ...(names && { name_pattern: names }) };
  const { data, isFetching } = useQuery({
    queryKey: keys.crops(body),
    enabled: body !== null,
    staleTime: Infinity,
    retry: 1,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => lookedOf(await unwrap(api.POST('/api/image-studio/social/crops', { body: body!, signal }))),
  });
  return { ...(data ?? NOTHING), looking: isFetching };
}

const isDressed = ({ logo, text }: SocialBody) => Boolean(logo ?? text);
const isQuick = ({ crop_mode: mode = 'smart' }: SocialBody) => mode === 'fit' || cuts(mode);

/** Every file small, with the logo and the words where the export puts them; by the format's key, once the form stands still. */
export function useSamples(body: SocialBody | null): ReadonlyMap<string, string> | undefined {
  const said = body && isDressed(body) && isQuick(body) ? JSON.stringify(body) : '';
  const settled = useSettled(said, 600);
  const { data } = useQuery({
    queryKey: keys.samples(settled),
    enabled: settled !== '',
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: ({ signal }) => unwrap(api.POST('/api/image-studio/social/samples', { body: JSON.parse(settled) as SocialBody, signal })),
    select: ({ samples }) => new Map(samples.flatMap(({ platform, format_id: id, image_base64: image }) => (image ? [[keyOf(platform, id), image] as const] : []))),
  });
  return said !== '' && said === settled ? data : undefined;
}
