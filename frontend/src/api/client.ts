// The one place that calls the server.
import createClient, { type Middleware } from 'openapi-fetch';
import { answeredAhead } from './ahead';
import { base } from './base';
import { heard, missed } from './connection';
import { problemOf, unanswered } from './errors';
import type { paths } from './schema.gen';

/** Told when the server no longer knows who is asking. */
export const signedOut = new EventTarget();

const noticeSignOut: Middleware = {
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/api/auth/')) signedOut.dispatchEvent(new Event('401'));
  },
};

/** What a proxy says for a server that is gone; the studio itself says why, as a problem. */
const isDoorOnly = ({ status, headers }: Response) => status >= 502 && status <= 504 && !headers.get('Content-Type')?.includes('json');

/** Looks `fetch` up at each call, and tells whether the server is there. */
async function ask(request: Request): Promise<Response> {
  try {
    const response = (await answeredAhead(request)) ?? (await globalThis.fetch(request));
    if (isDoorOnly(response)) missed();
    else heard();
    return response;
  } catch (thrown) {
    if (thrown instanceof TypeError) missed();
    throw thrown;
  }
}

/** Typed calls. `fetch` is looked up at each call, because tests put theirs in place later. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin + base,
  fetch: ask,
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
