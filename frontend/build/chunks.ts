// How the scripts are cut. A slow line pays for every file that it must ask for: what all pages need is two files, what several
// pages share is a third, and each page is one more.
import { Reading } from './reading.ts';

/** In characters of source: what only some pages share and is smaller is no file of its own. */
const WORTH_ASKING = 12_000;
/** What more pages than these share comes with any of them. */
const MANY = 3;
/** What stands above a page, and what it alone is made of. */
const OVERLAYS = /ui\/Dialog\.tsx|@radix-ui\/react-(?:dialog|focus|portal|dismissable)|aria-hidden|react-remove-scroll|react-style-singleton|use-sidecar|\/use-callback-ref|get-nonce|tslib/;
/** What buttons in rows, sliders and switches are made of. */
const CONTROLS = /@radix-ui\/(?!react-(?:menu|dropdown|popper|arrow|toast|focus-|portal|dismissable|dialog))/;
/** What several pages need of libraries besides. */
const SMALL = /@tanstack|thumbhash\/thumbhash/;

/** The name of the chunk for each of our files that more than one chunk would need. */
function sharedChunks(): Map<string, string> {
  const reading = new Reading();
  const pages = reading.pages().filter(({ root }) => !root.includes('/dev/'));
  const later = [...reading.parts()].map((part) => reading.needs(part));
  const groups = new Map<string, string[]>();
  for (const file of new Set(pages.flatMap(({ needs }) => [...needs]))) {
    const users = pages.filter(({ needs }) => needs.has(file)).map(({ name }) => name);
    if (users.length === 1 && !later.some((needs) => needs.has(file))) continue;
    const isControl = /^import \{.*'radix-ui'/m.test(reading.text(file));
    const name = isControl ? 'controls' : users.length > MANY ? 'studio' : users.length === 1 ? `${users[0]}Parts` : users.join('');
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const size = (files: string[]) => files.filter((file) => /\.tsx?$/.test(file)).reduce((sum, file) => sum + reading.text(file).length, 0);
  const isWorthIt = (name: string, files: string[]) => name === 'controls' || name.endsWith('Parts') || size(files) > WORTH_ASKING;
  return new Map([...groups].flatMap(([name, files]) => files.map((file) => [file, isWorthIt(name, files) ? name : 'studio'])));
}

let shared: Map<string, string> | undefined;
/** The addresses of a folder of pictures travel with the file that lists them. */
const listOf = (id: string) => id.replace(/(\/(?:pictures|styles))\/\w+\.avif.*$/, '$1.ts');
const chunkOf = (id: string) => (shared ??= sharedChunks()).get(listOf(id)) ?? (CONTROLS.test(id) ? 'controls' : SMALL.test(id) ? 'studio' : null);

export const chunks = {
  groups: [
    { name: 'libraries', tags: ['$initial' as const], test: /node_modules/, priority: 4 },
    { name: 'shell', tags: ['$initial' as const], test: /src\/(?!main)/, priority: 3 },
    { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 2 },
    { name: 'overlays', test: OVERLAYS, includeDependenciesRecursively: false, priority: 1 },
    { name: chunkOf, includeDependenciesRecursively: false },
  ],
};
