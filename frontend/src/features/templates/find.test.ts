import { expect, test } from 'vitest';
import { template } from '~/test/fixtures';
import { found, suiting, within } from './find';

const story = template('instagram_story', 'instagram', 1080, 1920);
const header = { ...template('blog_header', 'blog', 1200, 628), category: 'blog_content' };
const all = [story, header];
const anything = { search: '', platform: null, category: null };

test('everything is shown until something is wanted', () => expect(found(all, anything)).toEqual(all));

test('words, network and purpose narrow together', () => {
  expect(found(all, { ...anything, search: 'Story 1080x1920' })).toEqual([story]);
  expect(found(all, { ...anything, platform: 'blog', category: 'blog_content' })).toEqual([header]);
  expect(found(all, { ...anything, platform: 'blog', search: 'story' })).toEqual([]);
});

test('a shape stays within its box', () => {
  expect(within(1080, 1920, { width: 176, height: 124 })).toEqual({ width: 70, height: 124 });
  expect(within(3000, 100, { width: 176, height: 124 })).toEqual({ width: 176, height: 6 });
});

test('only what is made for a thing that the words name is recommended', () => {
  const cover = { ...story, use_cases: ['brand', 'limited offer'] };
  expect(suiting([cover], 'Coffee and fresh bread')).toEqual([]);
  expect(suiting([cover], 'A limited offer on coffee')).toEqual([cover]);
  expect(suiting([cover], 'Instagram, our new house')).toEqual([cover]);
});
