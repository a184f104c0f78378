import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ahead } from './ahead.ts';

test('the page asks for what it needs: the script is there, and it reads the table that stands before it', () => {
  const script = readFileSync(new URL('../src/shell/ahead.js', import.meta.url), 'utf8');
  const written = ahead({}, script);
  expect(written).toContain('const AHEAD={"pages":{},"words":{}}');
  expect(script).toContain('AHEAD.pages');
  expect(script).toContain('modulepreload');
});
