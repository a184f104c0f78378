// Fails when a language lacks a key that English has, a file is not in its index, or a key is named by nothing in src/.
import { readFileSync, readdirSync } from 'node:fs';
import { exit, stderr } from 'node:process';

/** The words that come with their page. */
const LATER = 'dev.json';
const files = (language) => readdirSync(`src/locales/${language}`).filter((name) => name.endsWith('.json'));
const read = (language) => Object.assign({}, ...files(language).map((name) => JSON.parse(readFileSync(`src/locales/${language}/${name}`, 'utf8'))));
const english = Object.keys(read('en'));
const bare = (key) => key.replace(/_(one|other)$/, '');

const source = readdirSync('src', { recursive: true })
  .filter((name) => /\.(ts|tsx)$/.test(name))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n');

// Keys built from a code of the server (`problem.${code}`) can't be found by name; their group is declared here.
const DYNAMIC = /^(problem|style|purpose|platform|category|status|operation|costs\.(?:work|make)|settings\.(?:adds|role|scope|can|checked)|palette\.with|action\.send|library\.(?:kind|engine|swatch|op)|edit\.(?:name|about|option|value|words|label|hint|needs|side)|personas\.field|social\.(?:rule|grade)|control\.(label|note)|costs\.(?:work|make)|start)\./;

const trouble = english
  .filter((key) => !DYNAMIC.test(key) && !source.includes(`'${bare(key)}'`))
  .map((key) => `en: nothing uses ${key}`);

for (const language of readdirSync('src/locales')) {
  const keys = new Set(Object.keys(read(language)));
  const index = readFileSync(`src/locales/${language}/index.ts`, 'utf8');
  trouble.push(...english.filter((key) => !keys.has(key)).map((key) => `${language}: lacks ${key}`));
  trouble.push(...files(language).filter((name) => name !== LATER && !index.includes(`'./${name}'`)).map((name) => `${language}/index.ts: lacks ${name}`));
}

for (const line of trouble) stderr.write(`${line}\n`);
exit(trouble.length > 0 ? 1 : 0);
