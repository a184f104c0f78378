// What is to become of a picture on the networks, and the request of it. Pure.
import type { ExportChoices, ExportSet, SocialBody } from '~/api/types';
import { cuts, withOwn, type Aim, type Mode } from './aim';
import { cropAround, type Extent } from './crop';
import { asked, type Place } from './kit';

export const MODES = ['smart', 'center', 'fit', 'extend'] as const satisfies readonly Mode[];
export const BACKGROUNDS = ['blur', 'mirror', 'colour', 'transparent'] as const;
export const OUTPUTS = ['auto', 'jpg', 'png', 'webp'] as const;
export const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
export const SEATS = ['top', 'middle', 'bottom'] as const;
export type BackgroundKind = (typeof BACKGROUNDS)[number];
export type Output = (typeof OUTPUTS)[number];

export interface SocialForm {
  /** Formats by key, in the order they were chosen. */
  formats: readonly string[];
  aim: Aim;
  background: BackgroundKind;
  /** #rrggbb, with the background `colour`. */
  colour: string;
  output: Output;
  /** As typed; empty: as good as usual. */
  quality: string;
  /** As typed, in kilobytes; empty: what each network takes. */
  limit: string;
  pattern: string;
  alt: string;
  /** An asset's id. */
  logo: string | undefined;
  /** Undefined: whichever is calmest. */
  corner: (typeof CORNERS)[number] | undefined;
  /** Of the shorter side, in percent. */
  share: number;
  headline: string;
  price: string;
  /** Undefined: where faces are least in the way. */
  seat: (typeof SEATS)[number] | undefined;
  /** What an export set says besides, which this page has no field for. */
  kept: { text?: ExportSet['text'] | undefined; min_ssim?: number | undefined };
}

export const FIRST_AIM: Aim = { mode: 'smart', focus: null, own: {}, found: {}, faces: [] };

export const firstForm = (formats: readonly string[]): SocialForm => ({
  formats,
  aim: FIRST_AIM,
  background: 'blur',
  colour: '#f5f1ea',
  output: 'auto',
  quality: '',
  limit: '',
  pattern: '',
  alt: '',
  logo: undefined,
  corner: undefined,
  share: 16,
  headline: '',
  price: '',
  seat: undefined,
  kept: {},
});

const KILOBYTE = 1000;
const LEAST_KILOBYTES = 11;

const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);

/** Whether the quality is left open or a number from 1 to 100. */
export const isQuality = (text: string) => text.trim() === '' || ((whole(text) ?? 0) >= 1 && (whole(text) ?? 0) <= 100);

/** Whether the limit is left open or leaves room for a picture. */
export const isLimit = (text: string) => text.trim() === '' || (whole(text) ?? 0) >= LEAST_KILOBYTES;

export type Lack = 'formats' | 'quality' | 'limit';

/** What keeps the form from being sent. */
export function lackOf({ formats, quality, limit }: SocialForm): Lack | null {
  if (formats.length === 0) return 'formats';
  if (!isQuality(quality)) return 'quality';
  return isLimit(limit) ? null : 'limit';
}

/** A person's points and windows, where the mode has use for them. Windows of their own are for those who came closer. */
function aimed({ aim, formats }: SocialForm, source: Extent, places: ReadonlyMap<string, Place>): Partial<SocialBody> {
  if (!cuts(aim.mode)) return {};
  const points: NonNullable<SocialBody['focal_points']> = {};
  const crops: NonNullable<SocialBody['crops']> = {};
  for (const key of formats) {
    const [own, place] = [aim.own[key], places.get(key)];
    if (!own || !place) continue;
    if (own.zoom > 1) crops[key] = cropAround(source, place, own, own.zoom);
    else points[key] = { x: own.x, y: own.y };
  }
  return {
    ...(aim.focus && aim.mode === 'smart' && { focal_point: aim.focus }),
    ...(Object.keys(points).length > 0 && { focal_points: points }),
    ...(Object.keys(crops).length > 0 && { crops }),
  };
}

const backgroundOf = ({ background, colour }: SocialForm) => ({ kind: background, ...(background === 'colour' && { colour }) });

/** What is laid over every file. */
function overlaysOf({ logo, corner, share, headline, price, seat, kept }: SocialForm): Pick<ExportChoices, 'logo' | 'text'> {
  const [words, tag] = [headline.trim(), price.trim()];
  const { words: _, price: __, position: ___, ...dress } = kept.text ?? {};
  return {
    ...(logo && { logo: { image_asset_id: logo, share: share / 100, ...(corner && { corner }) } }),
    ...((words || tag) && { text: { ...dress, ...(words && { words }), ...(tag && { price: tag }), ...(seat && { position: seat }) } }),
  };
}

/** What an export set keeps of a form: which files, and how they are made. Points belong to a picture. */
export function choicesOf(form: SocialForm): Omit<ExportChoices, 'name'> {
  const [quality, limit] = [whole(form.quality), whole(form.limit)];
  return {
    ...asked(form.formats),
    crop_mode: form.aim.mode,
    ...(form.aim.mode === 'fit' && { background: backgroundOf(form) }),
    output_format: form.output,
    ...(quality === null ? form.kept.min_ssim && { min_ssim: form.kept.min_ssim } : { quality }),
    ...(limit !== null && { max_bytes: limit * KILOBYTE }),
    ...(form.pattern.trim() && { name_pattern: form.pattern.trim() }),
    ...overlaysOf(form),
  };
}

/** The request of a form; null while something is missing. */
export function bodyOf(form: SocialForm, picture: Extent & { id: string }, places: ReadonlyMap<string, Place>): SocialBody | null {
  if (lackOf(form)) return null;
  return {
    image_asset_id: picture.id,
    ...choicesOf(form),
    ...aimed(form, picture, places),
    ...(form.alt.trim() && { alt_text: form.alt.trim() }),
    response_format: 'url',
  };
}

/** The form with what a set keeps; the picture's own points and words stay. */
export function withSet(form: SocialForm, set: ExportSet, formats: readonly string[]): SocialForm {
  const { crop_mode: mode = 'smart', background, logo, text } = set;
  return {
    ...form,
    formats,
    aim: { ...form.aim, mode },
    background: background?.kind ?? 'blur',
    colour: background?.colour ?? form.colour,
    output: set.output_format ?? 'png',
    quality: set.quality ? String(set.quality) : '',
    limit: set.max_bytes ? String(Math.round(set.max_bytes / KILOBYTE)) : '',
    pattern: set.name_pattern ?? '',
    logo: logo?.image_asset_id,
    corner: logo?.corner ?? undefined,
    share: Math.round((logo?.share ?? 0.16) * 100),
    headline: text?.words ?? '',
    price: text?.price ?? '',
    seat: SEATS.find((seat) => seat === text?.position),
    kept: { text: text ?? undefined, min_ssim: set.min_ssim ?? undefined },
  };
}

/** The form without a format, and without what was said of it alone. */
export function without(form: SocialForm, key: string): SocialForm {
  return { ...form, formats: form.formats.filter((each) => each !== key), aim: withOwn(form.aim, key, null) };
}

/** How many of the formats follow the one point. */
export const linkedOf = ({ formats, aim }: SocialForm) => formats.filter((key) => aim.own[key] === undefined).length;
