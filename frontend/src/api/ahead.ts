// What index.html asked the server before any script was there: `shell/asked.json` says what, by page.
import { base } from './base';

declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a property of globalThis
  var answers: Record<string, Promise<Response>> | undefined;
}

/** In milliseconds since the page was asked for: what was said before is news no longer. */
const FRESH = 20_000;
const home = globalThis.location.origin + base;

/** The answer to a question that was asked ahead, given once; a refusal is worth asking again. */
export async function answeredAhead({ method, url }: Request): Promise<Response | undefined> {
  const address = url.slice(home.length);
  const answer = globalThis.answers?.[address];
  if (!answer || method !== 'GET') return undefined;
  delete globalThis.answers?.[address];
  const response = await answer;
  return response.ok && performance.now() < FRESH ? response : undefined;
}
