// What is to become of a picture that others follow, as the table of operations describes it. Pure.
import type { ControlBody, ControlOperation, GuideBody } from '~/api/types';

export const STRENGTHS = ['control_strength', 'fidelity', 'style_strength', 'composition_fidelity', 'change_strength'] as const;
export type Strength = (typeof STRENGTHS)[number];
export type GuideKind = GuideBody['kind'];
export const GUIDES = ['edges', 'line_art', 'structure'] as const satisfies readonly GuideKind[];
export const SHAPES = ['1:1', '4:5', '9:16', '16:9'] as const;

export interface ControlForm {
  prompt: string;
  /** Styles by name; several are mixed. */
  styles: readonly string[];
  styleImage: string | undefined;
  negative: string;
  /** Empty: the picture's own. */
  shape: string;
  /** Fractions; what is not named stays as the server has it. */
  strengths: Partial<Record<Strength, number>>;
}

export const EMPTY_CONTROL: ControlForm = { prompt: '', styles: [], styleImage: undefined, negative: '', shape: '', strengths: {} };

/** What the server takes where nothing is said. */
export const USUAL: Record<Strength, number> = {
  control_strength: 0.7,
  fidelity: 0.5,
  style_strength: 1,
  composition_fidelity: 0.9,
  change_strength: 0.9,
};

export const strengthOf = (form: ControlForm, strength: Strength) => form.strengths[strength] ?? USUAL[strength];

/** Whether the engine that serves knows styles by name and goes by nothing else. */
export const isNamed = (row: ControlOperation) => (row.styles ?? []).length > 0;

const wordsOf = (row: ControlOperation, form: ControlForm) => (isNamed(row) ? form.styles.join(', ') : form.prompt.trim());

export type Lack = 'engine' | 'style' | 'prompt' | 'style_image';

/** What is missing before the server is asked. */
export function lackOf(row: ControlOperation, form: ControlForm): Lack | null {
  if (!row.available) return 'engine';
  if (row.required.includes('prompt') && wordsOf(row, form) === '') return isNamed(row) ? 'style' : 'prompt';
  return row.required.includes('style_image') && !form.styleImage ? 'style_image' : null;
}

/** The request of a form: only what the operation uses. Null while something is missing. */
export function bodyOf(operation: string, row: ControlOperation, form: ControlForm, picture: string): ControlBody | null {
  if (lackOf(row, form)) return null;
  const { fields } = row;
  const words = wordsOf(row, form);
  const strengths = STRENGTHS.filter((name) => fields[name] && form.strengths[name] !== undefined);
  return {
    operation,
    control_image_asset_id: picture,
    response_format: 'url',
    ...(fields.prompt && words && { prompt: words }),
    ...(fields.style_image && form.styleImage && { style_image_asset_id: form.styleImage }),
    ...(fields.negative_prompt && form.negative.trim() && { negative_prompt: form.negative.trim() }),
    ...(fields.aspect_ratio && form.shape && { aspect_ratio: form.shape }),
    ...Object.fromEntries(strengths.map((name) => [name, form.strengths[name]])),
  };
}

/** A list with a member put in, or taken out where it was. */
export const toggled = (list: readonly string[], member: string): readonly string[] =>
  list.includes(member) ? list.filter((each) => each !== member) : [...list, member];
