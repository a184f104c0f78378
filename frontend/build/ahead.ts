// Which scripts a page and a language need besides the shell's: fetched at once instead of one after the other.
import { readFileSync } from 'node:fs';
import type { Rollup } from 'vite';

const asked: unknown = JSON.parse(readFileSync(new URL('../src/shell/asked.json', import.meta.url), 'utf8'));

type Bundle = Rollup.OutputBundle;

const chunksOf = (bundle: Bundle) => Object.values(bundle).filter((each) => each.type === 'chunk');

const bare = (file: string) => file.replace('assets/', '');

/** A chunk and all that it imports before it can run. */
function graph(bundle: Bundle, name: string, seen = new Set<string>()): Set<string> {
  const chunk = bundle[name];
  if (seen.has(name) || chunk?.type !== 'chunk') return seen;
  seen.add(name);
  for (const needed of chunk.imports) graph(bundle, needed, seen);
  return seen;
}

/** The router's pages: the first word of the address, and the file of its component. */
function pagesOf(): [word: string, file: string][] {
  const router = readFileSync(new URL('../src/app/router.tsx', import.meta.url), 'utf8');
  const routes = router.matchAll(/path: '\/([\w-]*)',[^]*?import\('~\/(components\/ImageStudio\/\w+)'\)/g);
  return [...routes].map(([, word = '', file = '']) => [word, file]);
}

/** The script `ahead.js` with its tables: files by page and by language, and what to ask the server by page. */
export function ahead(bundle: Bundle, script: string): string {
  const chunks = chunksOf(bundle);
  const entry = chunks.find(({ isEntry }) => isEntry);
  const shell = entry ? graph(bundle, entry.fileName) : new Set<string>();
  const made = (part: string) => chunks.find(({ facadeModuleId }) => facadeModuleId?.includes(part))?.fileName;
  const pages = pagesOf().flatMap(([word, file]) => {
    const chunk = made(`/${file}.tsx`);
    return chunk ? [[word, [...graph(bundle, chunk)].filter((name) => !shell.has(name)).map(bare)]] : [];
  });
  const words = chunks.flatMap(({ facadeModuleId, fileName }) => {
    const code = /locales\/(\w+)\/index\.ts$/.exec(facadeModuleId ?? '')?.[1];
    return code ? [[code, bare(fileName)]] : [];
  });
  const table = { pages: Object.fromEntries(pages), words: Object.fromEntries(words), asked };
  return `{const AHEAD=${JSON.stringify(table)};${script}}`;
}
