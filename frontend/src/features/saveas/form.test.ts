import { expect, test } from 'vitest';
import { aimOf, FIRST_SAVE, isComplete, needsGround, orderOf, renamed, type SaveForm } from './form';

const form = (part: Partial<SaveForm>): SaveForm => ({ ...FIRST_SAVE, ...part });
const asked = (part: Partial<SaveForm>, own: 'jpg' | 'png' = 'png') => {
  const { operation, body } = orderOf(form(part), own, 'a1');
  const { image_asset_id, response_format, ...rest } = body;
  expect([image_asset_id, response_format]).toEqual(['a1', 'url']);
  return [operation, rest];
};

test('fewer bytes of the same type is compressing, another type is converting', () => {
  expect(asked({})).toEqual(['compress', { output_format: 'keep' }]);
  expect(asked({ type: 'png' })).toEqual(['compress', { output_format: 'keep' }]);
  expect(asked({ type: 'auto' })).toEqual(['compress', { output_format: 'auto' }]);
  expect(asked({ type: 'webp' })).toEqual(['convert', { output_format: 'webp' }]);
});

test('a limit is counted in bytes, whatever the type', () => {
  expect(asked({ aim: 'limit', limit: '200' })).toEqual(['compress', { output_format: 'png', max_bytes: 200_000 }]);
  expect(asked({ aim: 'limit', limit: '200', type: 'avif' })).toEqual(['compress', { output_format: 'avif', max_bytes: 200_000 }]);
  expect([isComplete(form({ aim: 'limit' }), 'jpg'), isComplete(form({ aim: 'limit', limit: '9' }), 'jpg'), isComplete(form({ aim: 'limit', limit: '10' }), 'jpg')]).toEqual([false, false, true]);
});

test('a quality is taken at its word by types that know one', () => {
  expect(asked({ aim: 'quality', quality: 60 }, 'jpg')).toEqual(['convert', { output_format: 'jpg', quality: 60 }]);
  expect(aimOf(form({ aim: 'quality' }), 'png')).toBe('same');
  expect(aimOf(form({ aim: 'quality', type: 'gif' }), 'jpg')).toBe('same');
});

test('what may be see-through gets a ground where the type knows none', () => {
  expect(asked({ type: 'jpg', background: '#112233' })).toEqual(['convert', { output_format: 'jpg', background: '#112233' }]);
  expect([needsGround(form({ type: 'jpg' }), 'png'), needsGround(form({ type: 'jpg' }), 'jpg'), needsGround(form({ type: 'webp' }), 'png')]).toEqual([true, false, false]);
});

test('a name ends in its type', () => {
  expect([renamed('harbour.png', 'webp'), renamed('no ending', 'jpg')]).toEqual(['harbour.webp', 'no ending.jpg']);
});
