// Fails when src/api/schema.gen.ts is not what openapi.json says: `npm run gen:api` writes it anew.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { exit, stderr } from 'node:process';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const [tool, ...words] = scripts['gen:api'].split(' ');
const target = words.splice(words.indexOf('-o'), 2)[1];
const made = execFileSync(`node_modules/.bin/${tool}`, words, { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] });

if (made.trim() !== readFileSync(target, 'utf8').trim()) {
  stderr.write(`${target} is not what openapi.json says: npm run gen:api\n`);
  exit(1);
}
