import { expect, test } from 'vitest';
import { exported, formatsOf } from '~/test/formats';
import { FIRST_AIM } from './form';
import { concernOf, mended } from './concerns';
import { placesOf } from './kit';
import { fixesOf, needsOf } from './needs';

const SOURCE = { width: 2000, height: 3000 };
const [portrait, story] = placesOf(formatsOf('instagram')!);
const [link] = placesOf(formatsOf('facebook')!);
const FACE = { left: 900, top: 300, width: 300, height: 300 };
const aim = { ...FIRST_AIM, faces: [FACE] };
const at = (y: number) => ({ ...aim, focus: { x: 0.5, y } });

test('a crop that loses a face, or runs through one, says so; one that keeps it does not', () => {
  expect(concernOf(at(0.9), link!, SOURCE)).toBe('lost');
  expect(concernOf(at(0.3), link!, SOURCE)).toBe('cut');
  expect(concernOf(at(0.15), link!, SOURCE)).toBeNull();
  expect(concernOf({ ...at(0.9), mode: 'fit' }, link!, SOURCE)).toBeNull();
  expect(concernOf({ ...at(0.9), faces: [] }, link!, SOURCE)).toBeNull();
});

test('a face under the buttons of an app is covered, and moving the crop brings it out', () => {
  const low = { ...aim, faces: [{ left: 900, top: 2500, width: 300, height: 300 }] };
  expect(concernOf(low, story!, SOURCE)).toBe('covered');
  expect(concernOf(aim, portrait!, SOURCE)).toBe('cut');
});

test('what helps is a press away: the nearest place that keeps the face, or the whole picture where there is none', () => {
  const better = mended(at(0.9), link!, SOURCE)!;
  expect(concernOf(better, link!, SOURCE)).toBeNull();
  expect(better.own[link!.key]!.x).toBe(0.5);
  const large = { ...aim, faces: [{ left: 100, top: 100, width: 1800, height: 2800 }] };
  const [need] = needsOf({ places: [link!], aim: large, source: SOURCE, outcomes: undefined });
  expect(fixesOf(need!, large, SOURCE).map(({ kind }) => kind)).toEqual(['extend', 'fit']);
});

const rule = (name: string, limit: number | boolean) => ({ rule: name, ok: false, level: 'must' as const, value: 1, limit, source: [], grade: 'A' as const, fix: '' });

test('broken rules come before doubts, and each has its own remedy', () => {
  const result = exported('instagram', 'ig_story', { checks: [rule('max_bytes', 200_000)] });
  const outcomes = new Map([[story!.key, { state: 'ready' as const, picture: { id: 's', url: '', thumbnail_url: null, width: 1, height: 1, thumbhash: null }, result }]]);
  const needs = needsOf({ places: [link!, story!], aim: at(0.9), source: SOURCE, outcomes });
  expect(needs.map(({ kind }) => kind)).toEqual(['rule', 'concern']);
  expect(fixesOf(needs[0]!, aim, SOURCE)).toEqual([{ kind: 'lighter', limit: 200_000 }]);
});
