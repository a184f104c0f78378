// How the scripts are cut: few enough that a slow line is not kept busy by asking, small enough that none brings what its page doesn't need.
import type { Rollup } from 'vite';

type Modules = { getModuleInfo: (id: string) => Pick<Rollup.ModuleInfo, 'importedIds'> | null };

const MAIN = new URL('../src/main.tsx', import.meta.url).pathname;
const SOURCE = new URL('../src/', import.meta.url).pathname;

let shell: Set<string> | undefined;

/** Our own modules that the entry needs before it can run. */
function reached(modules: Modules): Set<string> {
  const seen = new Set<string>();
  const follow = (id: string): void => {
    if (seen.has(id) || !id.startsWith(SOURCE)) return;
    seen.add(id);
    modules.getModuleInfo(id)?.importedIds.forEach(follow);
  };
  follow(MAIN);
  return seen;
}

export const chunks = {
  includeDependenciesRecursively: false,
  groups: [
    { name: (id: string, modules: Modules) => ((shell ??= reached(modules)).has(id) ? 'shell' : null), priority: 2 },
    { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 1 },
  ],
};
