// The one place that calls the server.
import createClient, { type Middleware } from 'openapi-fetch';
import { base } from './base';
import { problemOf, unanswered } from './errors';
import type { paths } from './schema.gen';

/** Told when the server no longer knows who is asking. */
export const signedOut = new EventTarget();

const noticeSignOut: Middleware = {
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/api/auth/')) signedOut.dispatchEvent(new Event('401'));
  },
};

/** Typed calls. `fetch` is looked up at each call, because tests put theirs in place later. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin + base,
  fetch: (request) => globalThis.fetch(request),
});
api.use(noticeSignOut);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Waits for a call and gives its data, or throws a StudioProblem. */
export async function unwrap<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    throw unanswered(thrown);
  });
  if (!response.ok) throw problemOf(response, error);
  return data as Data;
}

/** A new Idempotency-Key; `crypto.randomUUID` is missing on plain http outside localhost. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
