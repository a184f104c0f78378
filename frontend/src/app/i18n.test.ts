import { afterEach, expect, test } from 'vitest';
import { money } from '~/lib/format';
import { speak, t } from './i18n';

afterEach(() => speak(['en']));

test('the count chooses the form', () => {
  expect([t('library.count', { count: 1 }), t('library.count', { count: 3 })]).toEqual(['1 picture', '3 pictures']);
});

test('the first language that there is a file for is spoken, numbers too', async () => {
  await speak(['tlh', 'de-AT', 'en']);
  expect(t('place.library')).toBe('Bibliothek');
  expect(money(0.32)).toMatch(/^0,32\s\$$/u);
  expect(document.documentElement.lang).toBe('de');
});

test('who reads none of them gets English', async () => {
  await speak(['tlh']);
  expect(t('place.library')).toBe('Library');
});
