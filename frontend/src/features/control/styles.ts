// What the painted styles look like: one landscape in each of them, painted by the local engine (scripts/thumbnails.py).
const addresses = import.meta.glob<string>('./styles/*.avif', { eager: true, query: '?url', import: 'default' });

/** The address of a style's picture; undefined for a style of another engine. */
export const pictureOf = (style: string) => addresses[`./styles/${style}.avif`];
