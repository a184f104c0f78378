// What happens to the workspace's jobs, as it happens: server-sent events, and nothing else.
import { base } from './base';
import { missed } from './connection';
import type { Picture, Problem } from './types';

export type JobEvent =
  | { type: 'progress'; progress: number; message: string }
  | { type: 'result'; ordinal: number; picture?: Picture; problem?: Problem }
  | { type: 'done' }
  | { type: 'failed'; problem: Problem }
  | { type: 'cancelled' };

interface Wire {
  progress?: number;
  message?: string | null;
  ordinal?: number;
  asset?: Picture;
  problem?: Problem;
}

/** Reads one event of the stream. */
export function readEvent(name: string, data: string): JobEvent | null {
  const wire = (data ? JSON.parse(data) : {}) as Wire;
  switch (name) {
    case 'job.progress':
      return { type: 'progress', progress: wire.progress ?? 0, message: wire.message ?? '' };
    case 'job.result': {
      const { asset, problem } = wire;
      return { type: 'result', ordinal: wire.ordinal ?? 0, ...(asset && { picture: asset }), ...(problem && { problem }) };
    }
    case 'job.done':
      return { type: 'done' };
    case 'job.failed':
      return { type: 'failed', problem: wire.problem ?? {} };
    case 'job.cancelled':
      return { type: 'cancelled' };
    default:
      return null;
  }
}

const NAMES = ['job.progress', 'job.result', 'job.done', 'job.failed', 'job.cancelled'];

interface Listener {
  onEvent: (jobId: string, event: JobEvent) => void;
  /** The stream stands, the first time or again: what happened before has to be asked for. */
  onOpen: () => void;
  /** The stream is closed for good: ask again by GET. */
  onLost: () => void;
}

/**
 * Listens to all jobs of the workspace until the returned function is called: one connection, of the six that a browser
 * opens to an HTTP/1.1 server. The browser itself resumes by Last-Event-ID.
 */
export function listen({ onEvent, onOpen, onLost }: Listener): () => void {
  const source = new EventSource(`${base}/api/jobs/events`, { withCredentials: true });
  for (const name of NAMES) {
    source.addEventListener(name, (message: MessageEvent<string>) => {
      const { job_id: jobId } = JSON.parse(message.data) as { job_id: string };
      const event = readEvent(name, message.data);
      if (event) onEvent(jobId, event);
    });
  }
  source.addEventListener('open', onOpen);
  source.addEventListener('error', () => {
    missed();
    if (source.readyState === EventSource.CLOSED) onLost();
  });
  return () => source.close();
}
