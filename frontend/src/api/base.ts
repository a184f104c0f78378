/** The path below which the studio lives, such as `/studio`; empty at the root. The server writes it into index.html. */
export const base = document.documentElement.dataset['base'] ?? '';
