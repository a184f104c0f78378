// What the Edit page knows before a job exists, as the table of operations describes it. Pure.
import type { EditBody, EditOperation } from '~/api/types';
import { optionsOf, type OptionValue } from './options';

export const SIDES = ['left', 'right', 'up', 'down'] as const;
export type Side = (typeof SIDES)[number];
export type Sides = Record<Side, number>;
export const MOST_EXPANSION = 2000;
export const NO_SIDES: Sides = { left: 0, right: 0, up: 0, down: 0 };

/** The fields in words, as the form of the API calls them. */
export const WORDS = ['search_prompt', 'select_prompt', 'prompt', 'negative_prompt'] as const;
export type Word = (typeof WORDS)[number];

export interface EditForm {
  words: Partial<Record<Word, string>>;
  sides: Sides;
  /** Assets. */
  background?: string | undefined;
  lighting?: string | undefined;
  options: Record<string, OptionValue>;
  /** An engine's key, or `auto`. */
  engine: string;
}

export const EMPTY_EDIT: EditForm = { words: {}, sides: NO_SIDES, options: {}, engine: 'auto' };

/** Operations whose result is no picture but a help for another one. */
export const isTool = (key: string) => key === 'select';

const wordOf = (form: EditForm, name: Word) => form.words[name]?.trim() ?? '';

/** Whether the form, or the mask beside it, has something under a name of the API's form. */
function gives(form: EditForm, marked: boolean, name: string): boolean {
  if (name === 'mask') return marked;
  if (name === 'background_image') return form.background !== undefined;
  if (name === 'lighting_image') return form.lighting !== undefined;
  if (name.startsWith('expand_')) return form.sides[name.slice('expand_'.length) as Side] > 0;
  if (name.startsWith('options.')) return form.options[name.slice('options.'.length)] != null;
  return wordOf(form, name as Word) !== '';
}

/** The first thing that an operation can't do without and does not have, by its name; null if it has everything. */
export function missingOf(operation: EditOperation, form: EditForm, marked: boolean): string | null {
  for (const group of operation.required ?? []) if (!group.some((name) => gives(form, marked, name))) return group[0] ?? null;
  return null;
}

/** The request of a form: only what the operation reads, and options only where they say something. */
export function bodyOf(key: string, operation: EditOperation, form: EditForm, assetId: string): EditBody {
  const { fields } = operation;
  const body: EditBody = { operation: key, image_asset_id: assetId, provider: form.engine, response_format: 'url' };
  for (const name of WORDS) {
    const words = wordOf(form, name);
    if (fields[name] && words) body[name] = words;
  }
  if (fields.expansion) for (const side of SIDES) body[`expand_${side}`] = form.sides[side];
  if (fields.background && form.background) body.background_image_asset_id = form.background;
  if (fields.lighting && form.lighting) body.lighting_image_asset_id = form.lighting;
  const known = new Set(optionsOf(operation).map(({ name }) => name));
  const options = Object.entries(form.options).filter(([name, value]) => known.has(name) && value !== null);
  if (options.length > 0) body.options = Object.fromEntries(options);
  return body;
}

/** Whether a picture can be written so that it keeps its size: how large it would be with its new sides. */
export const extended = ({ width, height }: { width: number; height: number }, { left, right, up, down }: Sides) => ({
  width: width + left + right,
  height: height + up + down,
});

/** Whole pixels from 0 to the most that one side takes. */
export const sideOf = (value: number) => Math.min(MOST_EXPANSION, Math.max(0, Math.round(value) || 0));

/** Evenly added sides that bring a picture to a shape such as `16:9`, as far as sides go. */
export function toShape({ width, height }: { width: number; height: number }, shape: string): Sides {
  const [across = 1, down = 1] = shape.split(':').map(Number);
  const more = { width: Math.max(0, (height * across) / down - width), height: Math.max(0, (width * down) / across - height) };
  return { left: sideOf(more.width / 2), right: sideOf(more.width / 2), up: sideOf(more.height / 2), down: sideOf(more.height / 2) };
}
