// Which formats a picture is cut for: keys "<platform>.<format id>", as the API names points and windows. Pure.
import type { ExportSet, FormatsAnswer, PlatformFormat } from '~/api/types';
import { remember, recall } from '~/lib/persist';

/** A format with its platform's name and the key that stands for both. */
export interface Place extends PlatformFormat {
  key: string;
  platform: string;
  platformName: string;
  /** Width over height, as the frame is drawn. */
  shapeRatio: number;
}

/** What somebody begins with: a post on each of the usual networks, and a story. */
export const STARTERS = [
  'instagram.ig_feed_portrait',
  'instagram.ig_story',
  'facebook.fb_link',
  'twitter.x_post_landscape',
  'linkedin.li_post_landscape',
  'youtube.yt_thumbnail',
  'pinterest.pin_standard',
  'tiktok.tt_photo',
] as const;

export const keyOf = (platform: string, format: string) => `${platform}.${format}`;
export const platformOf = (key: string) => key.slice(0, key.indexOf('.'));
const formatOf = (key: string) => key.slice(key.indexOf('.') + 1);

/** The platforms of the keys, each once. */
export const platformsOf = (keys: readonly string[]): string[] => [...new Set(keys.map(platformOf))];

/** Every format of a platform's answer as a place. */
export const placesOf = ({ platform, name, formats }: FormatsAnswer): Place[] =>
  formats.map((format) => ({
    ...format,
    key: keyOf(platform, format.id),
    platform,
    platformName: name,
    shapeRatio: format.width / format.height,
  }));

/** The request's words for the formats: which platforms, and which formats of each. */
export function asked(keys: readonly string[]): { platforms: string[]; format_names: Record<string, string[]> } {
  const platforms = platformsOf(keys);
  const names = platforms.map((platform) => [platform, keys.filter((key) => platformOf(key) === platform).map(formatOf)] as const);
  return { platforms, format_names: Object.fromEntries(names) };
}

const folded = (text: string) => text.trim().toLowerCase();

/** The keys that a set means, by its platforms' formats in the same order: names, aliases, ids, `all`, or the usual one. */
export function keysOfSet({ platforms = [], format_names: names = {} }: Pick<ExportSet, 'platforms' | 'format_names'>, known: readonly FormatsAnswer[]): string[] {
  const keys = platforms.flatMap((platform, index) => {
    const places = known[index] ? placesOf(known[index]) : [];
    const wanted = names[platform];
    if (wanted === undefined) return places.slice(0, 1);
    const words = new Set((typeof wanted === 'string' ? [wanted] : wanted).map(folded));
    return places.filter(({ id, name, aliases }) => words.has('all') || [id, name, ...aliases].some((each) => words.has(folded(each))));
  });
  return [...new Set(keys.map(({ key }) => key))];
}

/** The keys with some put in, or all of those taken out where all were in. */
export function toggled(keys: readonly string[], some: readonly string[]): string[] {
  const missing = some.filter((key) => !keys.includes(key));
  return missing.length > 0 ? [...keys, ...missing] : keys.filter((key) => !some.includes(key));
}

const REMEMBERED = 'social.formats';
const isKeys = (value: unknown): value is string[] => Array.isArray(value) && value.every((key) => typeof key === 'string' && key.includes('.'));

/** The formats of the last time in this browser, else the starters. */
export const recallKeys = (): readonly string[] => recall(REMEMBERED, isKeys) ?? STARTERS;
export const rememberKeys = (keys: readonly string[]) => remember(REMEMBERED, keys);
