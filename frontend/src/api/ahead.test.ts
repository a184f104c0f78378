import { afterEach, expect, test } from 'vitest';
import { answeredAhead } from './ahead';

const ask = (path: string, method = 'GET') => answeredAhead(new Request(location.origin + path, { method }));

afterEach(() => {
  globalThis.answers = undefined;
});

test('what was asked ahead is answered once', async () => {
  globalThis.answers = { '/api/jobs': Promise.resolve(new Response('early')) };
  expect(await (await ask('/api/jobs'))?.text()).toBe('early');
  expect(await ask('/api/jobs')).toBeUndefined();
});

test('a refusal is asked again, and so is all that changes something', async () => {
  globalThis.answers = { '/api/jobs': Promise.resolve(new Response('', { status: 401 })), '/api/tags': Promise.resolve(new Response('early')) };
  expect(await ask('/api/jobs')).toBeUndefined();
  expect(await ask('/api/tags', 'POST')).toBeUndefined();
  expect(await ask('/api/other')).toBeUndefined();
});
