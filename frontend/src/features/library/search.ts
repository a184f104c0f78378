// The library's address. Read with the first page, so it brings nothing along.
/** The address's words; all of them text, and none of them where it is not given. */
const WORDS = ['q', 'fav', 'type', 'network', 'engine', 'tags', 'colour', 'from', 'to', 'sort', 'view', 'collection', 'asset'] as const;
export type LibrarySearch = Partial<Record<(typeof WORDS)[number], string | undefined>>;

export const librarySearch = (given: Record<string, unknown>): LibrarySearch =>
  Object.fromEntries(WORDS.map((word) => [word, typeof given[word] === 'string' && given[word] !== '' ? given[word] : undefined]));
