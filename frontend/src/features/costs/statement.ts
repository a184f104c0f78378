// The jobs of the workspace as a statement: a page at a time, by day.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import type { Job } from '~/api/types';

const PAGE = 12;

interface Day {
  /** `YYYY-MM-DD`, where the reader is. */
  day: string;
  jobs: readonly Job[];
}

const two = (part: number) => String(part).padStart(2, '0');

/** The local day of a moment. */
function localDay(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Jobs in the order given, those of one day together. */
export function byDay(jobs: readonly Job[]): Day[] {
  const days: { day: string; jobs: Job[] }[] = [];
  for (const job of jobs) {
    const day = localDay(job.created_at);
    const last = days.at(-1);
    if (last?.day === day) last.jobs.push(job);
    else days.push({ day, jobs: [job] });
  }
  return days;
}

/** The newest jobs, and more of them when asked. */
export function useStatement() {
  const query = useInfiniteQuery({
    queryKey: keys.jobPages,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => unwrap(api.GET('/api/jobs', { signal, params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  return {
    days: byDay(query.data?.pages.flatMap(({ jobs }) => jobs) ?? []),
    isPending: query.isPending,
    hasMore: query.hasNextPage,
    loading: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
  };
}
