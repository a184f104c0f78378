import { expect, test } from 'vitest';
import { job } from '~/test/fixtures';
import { latelyOf } from './lately';
import { nameOfJob, placeOfJob } from './words';

const NOW = Date.parse('2026-11-22T13:00:00Z');
const ended = (id: string, time: string, status: 'done' | 'failed' | 'cancelled' = 'done') => job({ id, status, finished_at: `2026-11-22T${time}:00Z` });

test('what ended within the hour is told, the latest first, and what was called off is not', () => {
  const jobs = [job(), ended('old', '11:59'), ended('a', '12:10'), ended('b', '12:40', 'failed'), ended('c', '12:50', 'cancelled')];
  expect(latelyOf(jobs, NOW).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a job is opened where it was started, with its picture', () => {
  expect(placeOfJob(job())).toEqual({ to: '/create', search: { job: 'job1' } });
  expect(placeOfJob(job({ operation: 'social', request: { image: 'a1' } }))).toEqual({ to: '/social', search: { job: 'job1', asset: 'a1' } });
  expect(placeOfJob(job({ operation: 'compress', request: { image: 'a1' } }))).toEqual({ to: '/library', search: { asset: 'a1' } });
  expect(placeOfJob(job({ operation: 'erase', request: { image: 'a1' } })).search).toEqual({ job: 'job1', op: 'erase', asset: 'a1' });
  expect(placeOfJob(job({ operation: 'style_transfer', request: { control_image: 'a2' } })).search.asset).toBe('a2');
});

test('a job is called by its words, else by what it does', () => {
  expect(nameOfJob(job({ request: { prompt: 'better', original_prompt: 'mine' } }))).toBe('mine');
  expect(nameOfJob(job({ operation: 'social', request: {} }))).toBe('Files for networks');
});
