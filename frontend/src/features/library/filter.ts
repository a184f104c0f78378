// What part of the library is asked for: read from the address, said to the server. Pure.
import type { LibrarySearch } from './search';

const SORTS = {
  newest: { sort_by: 'created_at', sort_order: 'desc' },
  oldest: { sort_by: 'created_at', sort_order: 'asc' },
  changed: { sort_by: 'updated_at', sort_order: 'desc' },
  title: { sort_by: 'title', sort_order: 'asc' },
  largest: { sort_by: 'file_size', sort_order: 'desc' },
  dearest: { sort_by: 'cost', sort_order: 'desc' },
} as const;

export type Sort = keyof typeof SORTS;
export const SORT_KEYS = Object.keys(SORTS) as Sort[];

/** The words that narrow what is shown; the others say how, or what is open. */
export const NARROWING = ['q', 'fav', 'type', 'network', 'engine', 'tags', 'colour', 'from', 'to'] as const;
export const isNarrowed = (search: LibrarySearch) => NARROWING.some((word) => search[word] !== undefined);
export const WIDE: LibrarySearch = Object.fromEntries(NARROWING.map((word) => [word, undefined]));

export const inTrash = (search: LibrarySearch) => search.view === 'trash';
export const sortOf = ({ sort }: LibrarySearch): Sort => SORT_KEYS.find((key) => key === sort) ?? 'newest';
export const tagsOf = ({ tags }: LibrarySearch): string[] => tags?.split(',') ?? [];

/** What a picture is, as people sort them; each in the words of the server. */
const KINDS = {
  created: { operation: 'create' },
  edited: { operation: 'remove_background,inpaint,outpaint,search_replace,search_recolor,relight,general_edit,erase' },
  upscaled: { operation: 'upscale' },
  social: { operation: 'social' },
  controlled: { operation: 'sketch,structure,style,style_transfer' },
  uploaded: { source_module: 'upload' },
} as const;
type Kind = keyof typeof KINDS;
export const KIND_KEYS = Object.keys(KINDS) as Kind[];

/** Colours to look for, from warm to dark; the server finds what looks near. */
export const SWATCHES = {
  red: '#c2502f',
  amber: '#e0a03a',
  green: '#2c6a62',
  blue: '#26437a',
  plum: '#3a1e46',
} as const;
export type Swatch = keyof typeof SWATCHES;
export const SWATCH_KEYS = Object.keys(SWATCHES) as Swatch[];

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The query of the server's list; equal filters make equal queries, whatever else the address says. */
export function queryOf(search: LibrarySearch) {
  const { q, fav, type, network, engine, tags, colour, from, to, collection } = search;
  return {
    asset_type: 'image' as const,
    ...SORTS[sortOf(search)],
    ...(q && { search: q }),
    ...(fav && { favorites_only: true }),
    ...(type && KINDS[type as Kind]),
    ...(network && { platform: network }),
    ...(engine && { provider: engine }),
    ...(tags && { tags, tags_match: 'all' as const }),
    ...(colour && colour in SWATCHES && { colour: SWATCHES[colour as Swatch] }),
    ...(from && DAY.test(from) && { date_from: from }),
    ...(to && DAY.test(to) && { date_to: to }),
    ...(collection && { collection_id: collection }),
    ...(inTrash(search) && { trashed: true }),
  };
}

export type LibraryQuery = ReturnType<typeof queryOf>;
