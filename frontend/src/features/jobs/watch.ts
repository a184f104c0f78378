// Keeps cached runs true while their jobs work: by events where a stream is to be had, by asking again where not.
import type { QueryClient } from '@tanstack/react-query';
import { listen, type JobEvent } from '~/api/events';
import { keys } from '~/api/keys';
import { after, type Run } from './run';

// Browsers open at most six connections to one HTTP/1.1 server; two stay free for everything else.
const STREAMS = 4;
const PAUSE_MS = 2000;

interface Watch {
  watchers: number;
  stop: () => void;
}

const watches = new Map<string, Watch>();

/** Watches a job until the returned function is called; several watchers of one job share one stream. */
export function watch(client: QueryClient, jobId: string): () => void {
  const known = watches.get(jobId);
  if (known) known.watchers += 1;
  else watches.set(jobId, { watchers: 1, stop: watches.size < STREAMS ? stream(client, jobId) : poll(client, jobId) });
  return () => leave(jobId);
}

function leave(jobId: string): void {
  const known = watches.get(jobId);
  if (!known) return;
  known.watchers -= 1;
  if (known.watchers > 0) return;
  known.stop();
  watches.delete(jobId);
}

function stream(client: QueryClient, jobId: string): () => void {
  let stopPolling: (() => void) | undefined;
  const close = listen(jobId, {
    onEvent: (event) => take(client, jobId, event),
    onLost: () => {
      stopPolling = poll(client, jobId);
    },
  });
  return () => {
    close();
    stopPolling?.();
  };
}

function poll(client: QueryClient, jobId: string): () => void {
  const timer = setInterval(() => void client.invalidateQueries({ queryKey: keys.run(jobId) }), PAUSE_MS);
  return () => clearInterval(timer);
}

const ENDS = new Set<JobEvent['type']>(['done', 'failed', 'cancelled']);

function take(client: QueryClient, jobId: string, event: JobEvent): void {
  client.setQueryData<Run>(keys.run(jobId), (run) => run && after(run, event));
  if (event.type === 'result') void client.invalidateQueries({ queryKey: keys.assets });
  if (!ENDS.has(event.type)) return;
  void client.invalidateQueries({ queryKey: keys.run(jobId) });
  void client.invalidateQueries({ queryKey: keys.jobs });
  void client.invalidateQueries({ queryKey: keys.assets });
}
