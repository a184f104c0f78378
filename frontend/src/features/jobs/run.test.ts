import { expect, test } from 'vitest';
import { readEvent } from '~/api/events';
import { job, picture } from '~/test/fixtures';
import { after, countOf, isActive, readyOf, runOf } from './run';

const made = (variation: number, id: string) => ({ variation, asset_id: id, url: `/pics/${id}.png`, width: 10, height: 10 });

test('a job that was just admitted has a place for every picture', () => {
  expect(runOf(job()).slots.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  expect(runOf(job({ request: { num_variations: 3 } })).slots).toHaveLength(3);
  expect(runOf(job({ request: { operation: 'remove_background' } })).slots).toHaveLength(1);
});

test('pictures take their own places, in whatever order they come', () => {
  const run = after(runOf(job()), { type: 'result', ordinal: 1, picture: picture('b') });
  expect(run.slots.map(({ state }) => state)).toEqual(['waiting', 'ready']);
});

test('a picture that is there is never taken back', () => {
  const ready = after(runOf(job()), { type: 'result', ordinal: 0, picture: picture('a') });
  const late = after(ready, { type: 'result', ordinal: 0, problem: { title: 'late' } });
  expect(readyOf(late).map(({ id }) => id)).toEqual(['a']);
  expect(readyOf(runOf(job({ status: 'failed' }), late)).map(({ id }) => id)).toEqual(['a']);
});

test('progress that comes after the end changes nothing', () => {
  const done = after(runOf(job()), { type: 'done' });
  expect(after(done, { type: 'progress', progress: 0.2, message: 'late' })).toBe(done);
});

test('an answer that was overtaken by an event takes nothing back', () => {
  const half = after(runOf(job()), { type: 'progress', progress: 0.5, message: 'half' });
  expect(runOf(job({ progress: 0.1, message: 'begun' }), half).job).toMatchObject({ progress: 0.5, message: 'half' });
  expect(runOf(job({ status: 'done', progress: 1 }), half).job.status).toBe('done');
});

test('a failed picture keeps its place and its reason beside the others', () => {
  const result = { results: [made(0, 'a'), { variation: 1, error: 'No memory.' }] };
  const run = runOf(job({ status: 'done', result }));
  expect(run.slots[1]).toEqual({ state: 'failed', problem: { detail: 'No memory.' } });
  expect(countOf(run, 'ready')).toBe(1);
});

test('a job at work tells only of some pictures, and they stand where they belong', () => {
  const run = runOf(job({ result: { results: [made(1, 'b')] } }));
  expect(run.slots.map(({ state }) => state)).toEqual(['waiting', 'ready']);
});

test('an edit has one picture, which is its result', () => {
  const result = { asset_id: 'c', url: '/pics/c.png', width: 4, height: 4 };
  const run = runOf(job({ operation: 'remove_background', request: {}, status: 'done', result }));
  expect(readyOf(run).map(({ id }) => id)).toEqual(['c']);
});

test('what is left of a cancelled or failed job says so', () => {
  const one = after(runOf(job()), { type: 'result', ordinal: 0, picture: picture('a') });
  expect(after(one, { type: 'cancelled' }).slots.map(({ state }) => state)).toEqual(['ready', 'cancelled']);
  expect(after(one, { type: 'failed', problem: { title: 'No' } }).slots[1]).toEqual({ state: 'failed', problem: { title: 'No' } });
});

test('jobs that have ended are not active', () => {
  expect(['queued', 'running', 'waiting', 'done', 'failed', 'cancelled'].map((status) => isActive(job({ status: status as 'done' })))).toEqual(
    [true, true, true, false, false, false],
  );
});

test('events are read by name, and unknown ones are left alone', () => {
  expect(readEvent('job.progress', '{"progress":0.5,"message":"half"}')).toEqual({ type: 'progress', progress: 0.5, message: 'half' });
  expect(readEvent('job.result', '{"ordinal":1,"asset":null,"problem":{"title":"No"}}')).toEqual({ type: 'result', ordinal: 1, problem: { title: 'No' } });
  expect(readEvent('job.done', '')).toEqual({ type: 'done' });
  expect(readEvent('job.other', '{}')).toBeNull();
});
