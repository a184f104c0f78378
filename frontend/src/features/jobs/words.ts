// A job in words, and where it is looked at.
import type { Job } from '~/api/types';
import { maybe } from '~/app/i18n';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The studio's own word for what a job does. */
export const kindOfJob = ({ operation }: Job): string =>
  maybe(`operation.${operation}`) ?? maybe(`edit.name.${operation}`) ?? operation.replaceAll('_', ' ');

/** What a job is called: by its words, else by what it does. */
export const nameOfJob = (job: Job): string => text(job.request['original_prompt']) ?? text(job.request['prompt']) ?? kindOfJob(job);

type Studio = '/create' | '/edit' | '/upscale' | '/social' | '/control';

const STUDIOS: Record<string, Studio> = { create: '/create', upscale: '/upscale', social: '/social', sketch: '/control', structure: '/control', style: '/control', style_transfer: '/control' };

/** The picture that a job works on, where it works on one. */
const sourceOf = ({ request }: Job): string | undefined => text(request['image']) ?? text(request['control_image']);

/** What makes another file of a picture; the library shows it beside where it came from. */
const FILES: ReadonlySet<string> = new Set(['compress', 'convert']);

type Place = { to: Studio; search: { job: string; asset?: string; op?: string } } | { to: '/library'; search: { asset?: string } };

/** The page that shows a job with its results, ready to be run again. */
export function placeOfJob(job: Job): Place {
  const to = STUDIOS[job.operation] ?? '/edit';
  const asset = sourceOf(job);
  if (FILES.has(job.operation)) return { to: '/library', search: { ...(asset !== undefined && { asset }) } };
  const chosen = to === '/edit' || to === '/control' ? { op: job.operation } : {};
  return { to, search: { job: job.id, ...chosen, ...(asset !== undefined && { asset }) } };
}
