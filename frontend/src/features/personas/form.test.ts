import { expect, test } from 'vitest';
import { job, persona } from '~/test/fixtures';
import { appliedIn } from './applied';
import { bodyOf, formOf, raised, withWords } from './form';

test('what is pasted becomes single words, and nothing stands twice', () => {
  expect(withWords(['film grain'], ' soft  light, Film Grain;\nneon,')).toEqual(['film grain', 'soft light', 'neon']);
  expect(withWords(['a'], '  ')).toEqual(['a']);
});

test('a persona that is opened and saved stays what it was', () => {
  const { id: _, created_at: __, updated_at: ___, ...known } = persona('p1', { style_preset: 'flat' });
  expect(bodyOf(formOf(persona('p1', { style_preset: 'flat' })))).toEqual(known);
});

test('an engine moves up by one place, the first stays', () => {
  expect(raised(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b']);
  expect(raised(['a', 'b'], 0)).toEqual(['a', 'b']);
});

test('a result says whom it was made as, and most say nothing', () => {
  const made = { id: 'p1', name: 'Anna', changes: [] };
  expect(appliedIn(job({ result: { metadata: { persona: made } } }))).toEqual(made);
  expect(appliedIn(job({ result: { metadata: {} } }))).toBeUndefined();
  expect(appliedIn(job())).toBeUndefined();
});
