// What the Create page knows before a job exists. Pure.
import type { CreateBody, Job, Template } from '~/api/types';
import { appliedIn } from '~/features/personas/applied';
import { isStyle } from './styles';

export const SHAPES = ['1:1', '4:5', '9:16', '16:9', '3:1'] as const;
export type Shape = (typeof SHAPES)[number];
export const QUALITIES = ['draft', 'standard', 'premium'] as const;
export type Quality = (typeof QUALITIES)[number];
export const MOST_PICTURES = 10;
export const LONGEST_PROMPT = 10_000;
const HIGHEST_SEED = 4_294_967_294;

export interface CreateForm {
  prompt: string;
  templateId: string | null;
  shape: Shape;
  pictures: number;
  /** An engine's key, or `auto`. */
  engine: string;
  quality: Quality;
  /** As typed; empty lets the engine choose. */
  seed: string;
  negative: string;
  /** As typed; for engines that invent pictures. */
  guidance: string;
  steps: string;
  /** A design's name; empty where the template, the persona or the words decide. */
  style: string;
  /** The prompt that stays as it is, where somebody wanted none of the details suggested for it. */
  kept: string;
  /** Who it is made as; null for nobody. */
  personaId: string | null;
}

export const EMPTY_FORM: CreateForm = {
  prompt: '',
  templateId: null,
  shape: '4:5',
  pictures: 4,
  engine: 'auto',
  quality: 'standard',
  seed: '',
  negative: '',
  guidance: '',
  steps: '',
  style: '',
  kept: '',
  personaId: null,
};

/** Whether what a browser remembered is still a form of this version. */
export function isForm(value: unknown): value is CreateForm {
  if (typeof value !== 'object' || value === null) return false;
  const known = value as Record<string, unknown>;
  const same = (Object.keys(EMPTY_FORM) as (keyof CreateForm)[])
    .filter((name) => name !== 'templateId' && name !== 'personaId')
    .every((name) => typeof known[name] === typeof EMPTY_FORM[name]);
  return same && SHAPES.includes(known['shape'] as Shape) && QUALITIES.includes(known['quality'] as Quality);
}

export type Blocker = 'prompt' | 'seed' | 'engine';

/** What is missing or wrong before the server is asked. */
export function blockerOf(form: CreateForm): Blocker | null {
  if (form.prompt.trim() === '') return 'prompt';
  if (!isSeed(form.seed)) return 'seed';
  return isGuidance(form.guidance) && isSteps(form.steps) ? null : 'engine';
}

/** 0 is a seed; empty is none. */
export function isSeed(text: string): boolean {
  return text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) <= HIGHEST_SEED);
}

/** How closely the words are followed: 0 to 100; empty leaves it to the engine. */
export function isGuidance(text: string): boolean {
  return text.trim() === '' || (/^\d+(\.\d+)?$/.test(text.trim()) && Number(text) <= 100);
}

/** Rounds of refinement: 1 to 1000; empty leaves it to the engine. */
export function isSteps(text: string): boolean {
  return text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 1000);
}

/** The request of a form. A template brings its own size, so a shape goes along only without one. */
export function bodyOf(form: CreateForm): CreateBody {
  const [seed, guidance, steps] = [form.seed.trim(), form.guidance.trim(), form.steps.trim()];
  return {
    prompt: form.prompt.trim(),
    provider: form.engine,
    quality: form.quality,
    num_variations: form.pictures,
    response_format: 'url',
    ...(form.templateId ? { template_id: form.templateId } : { aspect_ratio: form.shape }),
    ...(form.style && { style_preset: form.style }),
    ...(form.kept !== '' && form.kept === form.prompt.trim() && { enhance_prompt: false }),
    ...(guidance && isGuidance(guidance) && { guidance_scale: Number(guidance) }),
    ...(steps && isSteps(steps) && { steps: Number(steps) }),
    ...(form.personaId && { persona_id: form.personaId }),
    ...(form.negative.trim() && { negative_prompt: form.negative.trim() }),
    ...(seed && isSeed(seed) && { seed: Number(seed) }),
  };
}

export function ratioOfShape(shape: Shape): number {
  const [width, height] = shape.split(':').map(Number);
  return (width ?? 1) / (height ?? 1);
}

/** Width over height of what the form would make. */
export function ratioOf(form: CreateForm, template: Template | undefined): number {
  if (template) return template.aspect_ratio.width / template.aspect_ratio.height;
  return ratioOfShape(form.shape);
}

const numeral = (value: unknown) => (typeof value === 'number' ? value : undefined);
const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Width over height of what a job makes, as far as its request tells. */
export function ratioOfJob(job: Job): number | undefined {
  const [width, height] = [numeral(job.request['width']), numeral(job.request['height'])];
  if (width && height) return width / height;
  const [across, down] = (word(job.request['aspect_ratio']) ?? '').split(':').map(Number);
  return across && down ? across / down : undefined;
}

/** The shape that a ratio is called by, within two percent. */
const nearest = (ratio: number | undefined) =>
  ratio === undefined ? undefined : SHAPES.find((shape) => Math.abs(ratioOfShape(shape) / ratio - 1) < 0.02);

/** The seed of one of a job's pictures, where its request tells. */
export function seedOf(job: Job, ordinal: number): number | undefined {
  const seeds = job.request['seeds'];
  if (Array.isArray(seeds)) return numeral(seeds[ordinal]);
  const first = numeral(job.request['seed']);
  return first === undefined ? undefined : first + ordinal;
}

/** The form that a job was made from: "same settings again". */
export function formOf(job: Job, fallback: CreateForm): CreateForm {
  const { request } = job;
  const shape = nearest(ratioOfJob(job));
  const quality = QUALITIES.find((each) => each === request['quality']);
  const seeds = request['seeds'];
  return {
    ...fallback,
    prompt: word(request['original_prompt']) ?? word(request['prompt']) ?? fallback.prompt,
    templateId: word(request['template_id']) ?? null,
    pictures: numeral(request['num_variations']) ?? (Array.isArray(seeds) ? seeds.length : fallback.pictures),
    engine: word(request['provider']) ?? fallback.engine,
    negative: word(request['negative_prompt']) ?? '',
    seed: '',
    guidance: String(numeral(request['guidance_scale']) ?? ''),
    steps: String(numeral(request['steps']) ?? ''),
    style: isStyle(request['style_preset']) ? request['style_preset'] : '',
    kept: '',
    personaId: appliedIn(job)?.id ?? null,
    ...(shape && { shape }),
    ...(quality && { quality }),
  };
}
