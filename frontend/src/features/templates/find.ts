// Which templates are shown. Pure.
import type { Template } from '~/api/types';

export interface Wanted {
  search: string;
  platform: string | null;
  category: string | null;
}

/** The templates that fit all that is wanted, in their own order. */
export function found(templates: readonly Template[], { search, platform, category }: Wanted): Template[] {
  return templates.filter(
    (each) => (platform === null || each.platform === platform) && (category === null || each.category === category) && mentions(each, search),
  );
}

/** Whether all the words are somewhere in what a template says of itself. */
function mentions(template: Template, search: string): boolean {
  const { id, name, description, use_cases: uses, aspect_ratio: shape } = template;
  const text = [id, name, description, ...uses, shape.label, shape.ratio, `${shape.width}x${shape.height}`].join(' ').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Of what was recommended for some words, what is made for a thing that they name: a guess from spelling is no advice. */
export function suiting(recommended: readonly Template[], words: string): Template[] {
  const said = words.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const names = (use: string) => use.toLowerCase().split(' ').every((part) => said.includes(part) || said.includes(`${part}s`));
  return recommended.filter(({ use_cases: uses, platform }) => uses.some(names) || said.includes(platform));
}

/** The largest size of a shape within a box, in whole pixels. */
export function within(width: number, height: number, box: { width: number; height: number }) {
  const scale = Math.min(box.width / width, box.height / height);
  return { width: Math.max(2, Math.round(width * scale)), height: Math.max(2, Math.round(height * scale)) };
}
