// The small pictures of templates, each at its template's shape, drawn by the local engine (scripts/thumbnails.py).

const addresses = import.meta.glob<string>('./pictures/*.avif', { eager: true, query: '?url', import: 'default' });

/** The address of a template's picture; undefined for templates that are newer than the page. */
export const pictureOf = (id: string) => addresses[`./pictures/${id}.avif`];
