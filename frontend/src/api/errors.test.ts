import { expect, test } from 'vitest';
import { asProblem, fieldProblem, problemOf, StudioProblem, unanswered } from './errors';

const answer = (status: number, headers = {}) => new Response(null, { status, headers });

test('a problem keeps its code, its sentence and its request id', () => {
  const problem = problemOf(answer(402), { title: 'Not enough', detail: '3 left.', code: 'insufficient-credits', request_id: 'r1' });
  expect(problem).toMatchObject({ status: 402, code: 'insufficient-credits', detail: '3 left.', requestId: 'r1' });
});

test('a page of a proxy in between still becomes a problem', () => {
  const problem = problemOf(answer(502, { 'X-Request-Id': 'r2' }), '<html>');
  expect(problem).toMatchObject({ status: 502, code: 'studio-error', requestId: 'r2' });
});

test('the pause that the server asks for is known from its header', () => {
  expect(problemOf(answer(429, { 'Retry-After': '24' }), { title: 'Busy' }).retryAfter).toBe(24);
});

test('a server that cannot be reached is a problem of its own', () => {
  expect(asProblem(unanswered(new TypeError('Failed to fetch'))).code).toBe('unreachable');
});

test('a mistake of our own is not taken for a missing network', () => {
  expect(asProblem(new TypeError('x is undefined'))).toMatchObject({ code: 'studio-error', detail: 'x is undefined' });
});

test.each(['/prompt', '#/prompt', '/body/prompt', '/request/prompt'])('the sentence for a field is found by the pointer %s', (pointer) => {
  const problem = new StudioProblem({ status: 422, errors: [{ pointer, detail: 'Too long.' }] });
  expect(fieldProblem(problem, 'prompt')).toBe('Too long.');
  expect(fieldProblem(problem, 'seed')).toBeUndefined();
});
