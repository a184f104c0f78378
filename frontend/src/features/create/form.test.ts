import { expect, test } from 'vitest';
import { job, template } from '~/test/fixtures';
import { blockerOf, bodyOf, EMPTY_FORM, formOf, isForm, isSeed, ratioOf } from './form';

const form = { ...EMPTY_FORM, prompt: ' A boat ' };

test('without a template the shape goes along, with one it stays home', () => {
  expect(bodyOf(form)).toMatchObject({ prompt: 'A boat', aspect_ratio: '4:5', response_format: 'url' });
  const templated = bodyOf({ ...form, templateId: 'blog_header' });
  expect(templated).toMatchObject({ template_id: 'blog_header' });
  expect(templated).not.toHaveProperty('aspect_ratio');
});

test('0 is a seed, and no seed is none', () => {
  expect(bodyOf({ ...form, seed: '0' }).seed).toBe(0);
  expect(bodyOf(form)).not.toHaveProperty('seed');
});

test.each(['', '0', ' 12 ', '4294967294'])('%j may stand in the seed field', (seed) => expect(isSeed(seed)).toBe(true));
test.each(['-1', '1.5', '4294967295', 'one'])('%j may not', (seed) => expect(isSeed(seed)).toBe(false));

test('what is missing is named, the prompt first', () => {
  expect(blockerOf({ ...form, prompt: '  ', seed: 'x' })).toBe('prompt');
  expect(blockerOf({ ...form, seed: 'x' })).toBe('seed');
  expect(blockerOf(form)).toBeNull();
});

test('a template decides the shape', () => {
  expect(ratioOf(form, undefined)).toBe(0.8);
  expect(ratioOf(form, template('t', 'blog', 1200, 600))).toBe(2);
});

test('a job gives the form back that it was made from, without its seed', () => {
  const request = { prompt: 'A boat, warm light', original_prompt: 'A boat', width: 1920, height: 1080, quality: 'draft', seeds: [1, 2, 3] };
  expect(formOf(job({ request }), form)).toMatchObject({ prompt: 'A boat', shape: '16:9', quality: 'draft', pictures: 3, seed: '', templateId: null });
});

test('a form of another version is not taken up', () => {
  expect(isForm(EMPTY_FORM)).toBe(true);
  expect(isForm({ ...EMPTY_FORM, shape: '5:7' })).toBe(false);
  expect(isForm({ prompt: 'x' })).toBe(false);
  expect(isForm(null)).toBe(false);
});
