// Problems of the server (RFC 9457) and of the way to it, as one typed error.
import type { FieldProblem, Problem } from './types';

/** What a call answered instead of a result. `code` is the problem's slug; a network failure has the code `unreachable`. */
export class StudioProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly fields: readonly FieldProblem[];
  /** Seconds, where the server asks for a pause. */
  readonly retryAfter: number | null;
  /** What a job takes and what is left, where that was the reason. */
  readonly credits: { needed: number; available: number } | null;

  constructor(problem: Problem & { status: number }) {
    super(problem.detail || problem.title || problem.code || String(problem.status));
    this.name = 'StudioProblem';
    this.status = problem.status;
    this.code = problem.code ?? 'studio-error';
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? '';
    this.requestId = problem.request_id ?? '';
    this.fields = problem.errors ?? [];
    this.retryAfter = problem.retry_after ?? null;
    this.credits = problem.needed === undefined ? null : { needed: problem.needed, available: problem.available ?? 0 };
  }
}

const isProblem = (body: unknown): body is Problem => typeof body === 'object' && body !== null && 'title' in body;

/** Reads what an answer that is not a success says; a body that is no problem (a proxy's page) still becomes one. */
export function problemOf(response: Response, body: unknown): StudioProblem {
  const asked = Number(response.headers.get('Retry-After'));
  const pause = asked > 0 ? { retry_after: asked } : {};
  const requestId = response.headers.get('X-Request-Id');
  const known = isProblem(body) ? body : { code: 'studio-error' };
  return new StudioProblem({ ...pause, ...(requestId ? { request_id: requestId } : {}), ...known, status: response.status });
}

/** What a call that got no answer at all is: `fetch` rejects with a TypeError then, and with something else when called off. */
export const unanswered = (thrown: unknown) =>
  thrown instanceof TypeError ? new StudioProblem({ status: 0, code: 'unreachable' }) : thrown;

/** Turns whatever was thrown into a problem. */
export function asProblem(thrown: unknown): StudioProblem {
  if (thrown instanceof StudioProblem) return thrown;
  return new StudioProblem({ status: 0, code: 'studio-error', detail: thrown instanceof Error ? thrown.message : '' });
}

/** The sentence of the server for one field of the body, or of the request that is priced in it, by the field's name. */
export function fieldProblem(thrown: unknown, name: string): string | undefined {
  if (!(thrown instanceof StudioProblem)) return undefined;
  return thrown.fields.find(({ pointer }) => pointer.replace(/^#?\/(body\/|request\/)?/, '') === name)?.detail;
}
