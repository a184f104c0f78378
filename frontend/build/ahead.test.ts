import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the script that fetches ahead is there, and reads the table that stands before it', () => {
  const script = readFileSync('src/shell/ahead.js', 'utf8');
  expect(script).toContain('AHEAD.pages');
  expect(script).toContain('AHEAD.words');
  expect(script).toContain('modulepreload');
});
