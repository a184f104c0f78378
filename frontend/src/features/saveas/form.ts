// What a file is to be, and what is asked of the server for it. Pure.
import type { CompressBody, ConvertBody } from '~/api/types';

export const TYPES = ['keep', 'auto', 'jpg', 'png', 'webp', 'avif', 'gif'] as const;
export type Type = (typeof TYPES)[number];
export type FileKind = Exclude<Type, 'keep' | 'auto'>;
export type Aim = 'same' | 'limit' | 'quality';

export interface SaveForm {
  type: Type;
  aim: Aim;
  /** In kB, as typed. */
  limit: string;
  /** 1..100 */
  quality: number;
  /** What see-through parts are laid on, `#rrggbb`. */
  background: string;
}

export const FIRST_SAVE: SaveForm = { type: 'keep', aim: 'same', limit: '', quality: 80, background: '#ffffff' };

/** In kB: what the server takes. */
export const LEAST_LIMIT = 10;
export const MOST_LIMIT = 52_428;

const KINDS: Record<string, FileKind> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/avif': 'avif', 'image/gif': 'gif' };

/** The type that a file has; what is kept in no other is PNG. */
export const kindOf = (mime: string): FileKind => KINDS[mime] ?? 'png';

const KNOW_QUALITY = new Set<Type>(['jpg', 'webp', 'avif']);
const KNOW_SEEING_THROUGH = new Set<FileKind>(['png', 'webp', 'avif', 'gif']);

const written = (type: Type, own: FileKind): FileKind | 'auto' => (type === 'keep' ? own : type);

/** What can be aimed at with a type. */
export const aimsOf = (type: Type, own: FileKind): readonly Aim[] => (KNOW_QUALITY.has(written(type, own)) ? ['same', 'limit', 'quality'] : ['same', 'limit']);

/** The aim, where the type still knows it. */
export const aimOf = (form: SaveForm, own: FileKind): Aim => (aimsOf(form.type, own).includes(form.aim) ? form.aim : 'same');

/** Whether see-through parts of a picture, if it has any, need a colour below them. */
export function needsGround(form: SaveForm, own: FileKind): boolean {
  const flat = form.type === 'jpg' || (form.type === 'gif' && own !== 'gif');
  return flat && KNOW_SEEING_THROUGH.has(own) && orderOf(form, own, '').operation === 'convert';
}

export function isLimit(text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= LEAST_LIMIT && Number(text) <= MOST_LIMIT;
}

/** Whether something is missing before the server is asked. */
export const isComplete = (form: SaveForm, own: FileKind): boolean => aimOf(form, own) !== 'limit' || isLimit(form.limit);

export type Order = { operation: 'compress'; body: CompressBody } | { operation: 'convert'; body: ConvertBody };

/** Fewer bytes of the same type, or under a limit, is compressing; another type or a quality that was chosen is converting. */
export function orderOf(form: SaveForm, own: FileKind, image_asset_id: string): Order {
  const aim = aimOf(form, own);
  const common = { image_asset_id, response_format: 'url' as const };
  const type = written(form.type, own);
  if (aim === 'limit') return { operation: 'compress', body: { ...common, output_format: type, max_bytes: Number(form.limit) * 1000 } };
  if (type === 'auto') return { operation: 'compress', body: { ...common, output_format: 'auto' } };
  if (aim === 'same' && type === own) return { operation: 'compress', body: { ...common, output_format: 'keep' } };
  const quality = aim === 'quality' ? { quality: form.quality } : {};
  const ground = type === 'jpg' || type === 'gif' ? { background: form.background } : {};
  return { operation: 'convert', body: { ...common, output_format: type, ...quality, ...(KNOW_SEEING_THROUGH.has(own) && own !== type && ground) } };
}

/** What a name ends in for a type. */
export const renamed = (filename: string, kind: FileKind): string => `${filename.replace(/\.[^.]+$/, '')}.${kind}`;
