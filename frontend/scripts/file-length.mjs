// Fails when a source file is longer than a reader can hold: 250 lines.
import { readFileSync, readdirSync } from 'node:fs';
import { exit, stderr } from 'node:process';

const LIMIT = 250;
const isSource = (name) => /\.(ts|tsx|css|mjs)$/.test(name) && !name.endsWith('schema.gen.ts');

const files = ['src', 'build', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter(isSource)
    .map((name) => `${folder}/${name}`),
);

const long = files
  .map((name) => ({ name, lines: readFileSync(name, 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > LIMIT);

for (const { name, lines } of long) stderr.write(`${name}: ${lines} lines, at most ${LIMIT}\n`);
exit(long.length > 0 ? 1 : 0);
