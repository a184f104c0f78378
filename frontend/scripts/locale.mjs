// Fails when a locale lacks a key that en.json has, or holds one that nothing in src/ names.
import { readFileSync, readdirSync } from 'node:fs';
import { exit, stderr } from 'node:process';

const read = (name) => JSON.parse(readFileSync(`src/locales/${name}`, 'utf8'));
const english = Object.keys(read('en.json'));
const bare = (key) => key.replace(/_(one|other)$/, '');

const source = readdirSync('src', { recursive: true })
  .filter((name) => /\.(ts|tsx)$/.test(name))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n');

// Keys built from a code of the server (`problem.${code}`) can't be found by name; their group is declared here.
const DYNAMIC = /^(problem|platform|category|status|operation|edit\.(?:name|about|option|value|words|label|hint|needs|side)|personas\.field|social\.(?:rule|grade)|control\.(label|note))\./;

const trouble = english
  .filter((key) => !DYNAMIC.test(key) && !source.includes(`'${bare(key)}'`))
  .map((key) => `en.json: nothing uses ${key}`);

for (const name of readdirSync('src/locales').filter((file) => file !== 'en.json')) {
  const keys = new Set(Object.keys(read(name)));
  trouble.push(...english.filter((key) => !keys.has(key)).map((key) => `${name}: lacks ${key}`));
}

for (const line of trouble) stderr.write(`${line}\n`);
exit(trouble.length > 0 ? 1 : 0);
