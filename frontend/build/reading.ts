// What our files import, read from their text: before a build knows its graph, and the same in tests.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const MAIN = join(SOURCE, 'main.tsx');
const ROUTER = join(SOURCE, 'app/router.tsx');
/** Among what the router fetches when it is wanted. */
const PAGE = /\/ImageStudio\/(?:dev\/)?(\w+)\.tsx$/;
/** Imports of values; types are gone before anything runs. */
const NOW = /^(?:import|export) (?!type\b)(?:[^;'"]*? from )?'([^']+)'/gm;
const LATER = /\bimport\('([^']+)'\)/g;

/** Files by their paths. */
type Files = Set<string>;

export interface Page {
  name: string;
  root: string;
  needs: Files;
}

/** Our files: what each needs before it can run, and what it fetches later. */
export class Reading {
  readonly #texts = new Map<string, string>();

  text(file: string): string {
    const text = this.#texts.get(file) ?? readFileSync(file, 'utf8');
    this.#texts.set(file, text);
    return text;
  }

  /** A file and all of ours that it imports before it can run. */
  needs(file: string, seen: Files = new Set()): Files {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const needed of this.#imported(file, NOW)) this.needs(needed, seen);
    return seen;
  }

  /** What the shell is made of. */
  shell = () => this.needs(MAIN);

  /** The router's pages, by the names of their files. */
  pages(): Page[] {
    return this.#imported(ROUTER, LATER).flatMap((root) => {
      const name = PAGE.exec(root)?.[1];
      return name === undefined ? [] : [{ name, root, needs: this.needs(root) }];
    });
  }

  /** All files that are fetched when they are wanted and are no pages. */
  parts(from: Files = this.#first(), found: Files = new Set()): Files {
    for (const file of from) {
      for (const part of this.#imported(file, LATER)) {
        if (found.has(part) || (file === ROUTER && PAGE.test(part))) continue;
        this.parts(this.needs(part), found.add(part));
      }
    }
    return found;
  }

  /** All that the shell and the pages need at once. */
  #first(): Files {
    const all = this.shell();
    for (const { root } of this.pages()) this.needs(root, all);
    return all;
  }

  #imported = (file: string, kind: RegExp) =>
    [...this.text(file).matchAll(kind)].flatMap(([, name = '']) => fileOf(name, dirname(file)) ?? []);
}

/** The file that a name means; undefined for libraries and styles. */
function fileOf(name: string, folder: string): string | undefined {
  const path = name.startsWith('~/') ? join(SOURCE, name.slice(2)) : name.startsWith('.') ? resolve(folder, name) : undefined;
  const ends = /\.(?:svg|avif|json)$/.test(name) ? [''] : ['.ts', '.tsx', '/index.ts'];
  return path && ends.map((end) => path + end).find((file) => existsSync(file));
}
