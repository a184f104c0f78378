// How the scripts are cut. A slow line pays for every file that it must ask for: what all pages need is two files, what several
// pages share is a third, and each page is one more.
import { fileURLToPath } from 'node:url';

interface Graph {
  getModuleInfo(id: string): { importedIds: string[]; dynamicallyImportedIds: string[]; code: string | null } | null;
}

/** In characters of source: what only some pages share and is smaller is no file of its own. */
const WORTH_ASKING = 12_000;
/** What more pages than these share comes with any of them. */
const MANY = 3;
const MAIN = fileURLToPath(new URL('../src/main.tsx', import.meta.url));
const ROUTER = fileURLToPath(new URL('../src/app/router.tsx', import.meta.url));
/** Among what the router loads. */
const PAGE = /\/ImageStudio\/\w+\.tsx$/;
/** What stands above a page, and what it alone is made of. */
const OVERLAYS = /ui\/Dialog\.tsx|@radix-ui\/react-(?:dialog|focus|portal|dismissable)|aria-hidden|react-remove-scroll|react-style-singleton|use-sidecar|\/use-callback-ref|get-nonce|tslib/;
/** What buttons in rows, sliders and switches are made of. */
const CONTROLS = /@radix-ui\/(?!react-(?:menu|dropdown|popper|arrow|toast|focus-|portal|dismissable|dialog))/;

/** What several pages need of libraries besides. */
const SMALL = /@tanstack|thumbhash\/thumbhash/;

/** What our modules import. */
class Reading {
  readonly #graph: Graph;
  constructor(graph: Graph) {
    this.#graph = graph;
  }
  /** A module of ours and all of ours that it imports before it can run. */
  needs(id: string, seen = new Set<string>()): Set<string> {
    const module = id.includes('node_modules') ? null : this.#graph.getModuleInfo(id);
    if (!module || seen.has(id)) return seen;
    seen.add(id);
    for (const needed of [...module.importedIds]) this.needs(needed, seen);
    return seen;
  }
  later = (id: string) => [...(this.#graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])];
  /** All that is fetched when it is wanted, from a module on. */
  parts(id: string, seen = new Set<string>()): Set<string> {
    for (const part of [...this.needs(id)].flatMap(this.later)) {
      if (!seen.has(part)) this.parts(part, seen.add(part));
    }
    return seen;
  }
  size = (ids: string[]) => ids.reduce((sum, id) => sum + (this.#graph.getModuleInfo(id)?.code?.length ?? 0), 0);
  isControl = (id: string) => this.#graph.getModuleInfo(id)?.importedIds.some((needed) => /\/radix-ui\//.test(needed)) === true;
}

/** The name of the file for each of our modules that more than one file would need. */
function namesOf(graph: Graph): Map<string, string> {
  const reading = new Reading(graph);
  const nameOf = (id: string) => /(\w+)\.\w+$/.exec(id)?.[1] ?? id;
  const pages = reading.later(ROUTER).filter((id) => PAGE.test(id)).map((id) => ({ root: id, name: nameOf(id), needs: reading.needs(id) }));
  const parts = [...reading.parts(MAIN)].filter((id) => !pages.some(({ root }) => root === id)).map((id) => reading.needs(id));
  const groups = new Map<string, string[]>();
  for (const id of new Set(pages.flatMap(({ needs }) => [...needs]))) {
    const users = pages.filter(({ needs }) => needs.has(id)).map(({ name }) => name);
    if (users.length === 1 && !parts.some((needs) => needs.has(id))) continue;
    const name = reading.isControl(id) ? 'controls' : users.length > MANY ? 'studio' : users.length === 1 ? `${users[0]}Parts` : users.join('');
    groups.set(name, [...(groups.get(name) ?? []), id]);
  }
  const isWorthIt = (name: string, ids: string[]) => name === 'controls' || name.endsWith('Parts') || reading.size(ids) > WORTH_ASKING;
  return new Map([...groups].flatMap(([name, ids]) => ids.map((id) => [id, isWorthIt(name, ids) ? name : 'studio'])));
}

let names: Map<string, string> | undefined;

const nameOfShared = (id: string, graph: Graph) => (names ??= namesOf(graph)).get(id) ?? (CONTROLS.test(id) ? 'controls' : SMALL.test(id) ? 'studio' : null);

export const chunks = {
  groups: [
    { name: 'libraries', tags: ['$initial' as const], test: /node_modules/, priority: 4 },
    { name: 'shell', tags: ['$initial' as const], test: /src\/(?!main)/, priority: 3 },
    { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 2 },
    { name: 'overlays', test: OVERLAYS, includeDependenciesRecursively: false, priority: 1 },
    { name: nameOfShared, includeDependenciesRecursively: false },
  ],
};
