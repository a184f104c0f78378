// Keeps cached runs true while jobs work: by the workspace's stream where it is to be had, by asking again where not.
import type { QueryClient } from '@tanstack/react-query';
import { listen, type JobEvent } from '~/api/events';
import { keys } from '~/api/keys';
import { store } from '~/lib/store';
import { after, type Run } from './run';

const PAUSE_MS = 10_000;

/** Whether events come by themselves; while they don't, runs ask. */
const streaming = store(true);
export const useStreaming = streaming.use;

let watchers = 0;
let stop: (() => void) | undefined;

/** Follows the workspace's jobs until the returned function is called; however many watch, it is one stream. */
export function watch(client: QueryClient): () => void {
  watchers += 1;
  stop ??= follow(client);
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    stop?.();
    stop = undefined;
  };
}

/** A page that nobody sees lets its connection go: many open pages would use up what a browser has. */
function follow(client: QueryClient): () => void {
  let close: (() => void) | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    streaming.set(true);
    close = listen({
      onEvent: (jobId, event) => take(client, jobId, event),
      onOpen: () => ask(client),
      onLost: () => {
        streaming.set(false);
        again = setTimeout(open, PAUSE_MS);
      },
    });
  };
  const end = () => {
    close?.();
    clearTimeout(again);
  };
  const turn = () => {
    end();
    if (document.hidden) streaming.set(false);
    else open();
  };
  turn();
  document.addEventListener('visibilitychange', turn);
  return () => {
    document.removeEventListener('visibilitychange', turn);
    end();
  };
}

function ask(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.runs });
  void client.invalidateQueries({ queryKey: keys.jobs });
}

const ENDS = new Set<JobEvent['type']>(['done', 'failed', 'cancelled']);

function take(client: QueryClient, jobId: string, event: JobEvent): void {
  const key = keys.run(jobId);
  // An answer that is on its way may be older than this event.
  if (client.getQueryData(key)) client.setQueryData<Run>(key, (run) => run && after(run, event));
  else void client.invalidateQueries({ queryKey: key });
  if (event.type === 'result') void client.invalidateQueries({ queryKey: keys.assets });
  if (!ENDS.has(event.type)) return;
  void client.invalidateQueries({ queryKey: key });
  void client.invalidateQueries({ queryKey: keys.jobs });
  void client.invalidateQueries({ queryKey: keys.assets });
}
