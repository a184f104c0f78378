// The designs that a picture can be made in, each with a picture that the local engine drew (scripts/thumbnails.py).
import type { MessageKey } from '~/app/i18n';

/** In the order in which they are offered; the first six without asking for more. */
export const STYLES = [
  'paper', 'botanicals', 'swiss', 'waves', 'sunburst', 'isometric',
  'mesh', 'stage', 'editorial', 'ribbons', 'nightcity', 'bokeh',
  'terrazzo', 'arches', 'typestack', 'marble', 'orbs', 'confetti',
  'bauhaus', 'riso', 'halftone', 'topo', 'flow', 'portal', 'quote',
] as const; // prettier-ignore
export type Style = (typeof STYLES)[number];

export const isStyle = (value: unknown): value is Style => STYLES.includes(value as Style);

const addresses = import.meta.glob<string>('./styles/*.avif', { eager: true, query: '?url', import: 'default' });

export const pictureOf = (style: Style) => addresses[`./styles/${style}.avif`];

export const nameOf = (style: Style): MessageKey => `style.${style}`;

/** How many are shown before somebody asks for all. */
export const FEW = 6;

/** The first few, with the chosen one among them. */
export function fewWith(chosen: string): readonly Style[] {
  const few = STYLES.slice(0, FEW);
  return isStyle(chosen) && !few.includes(chosen) ? [...few.slice(0, -1), chosen] : few;
}
