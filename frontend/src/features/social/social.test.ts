import { expect, test } from 'vitest';
import type { ExportSet } from '~/api/types';
import { job, picture } from '~/test/fixtures';
import { exported, formatsOf } from '~/test/formats';
import { after, runOf } from '../jobs/run';
import { FIRST_AIM, bodyOf, choicesOf, firstForm, lackOf, linkedOf, without, withSet, type SocialForm } from './form';
import { pointAt, relinked, restingPoint, shifted, windowFor, withOwn } from './aim';
import { Board } from './board';
import { cropAround } from './crop';
import vectors from './crop-vectors.json';
import { keysOfSet, placesOf, toggled } from './kit';
import { brokenOf, foundIn, keysOf, outcomesOf, sumOf } from './results';
import { fitting, rowsOf, tallest } from './rows';

const SOURCE = { width: 4000, height: 3000 };
const PICTURE = { id: 'a1', ...SOURCE };
const places = new Map(placesOf(formatsOf('instagram')!).map((place) => [place.key, place]));
const [FEED, STORY] = ['instagram.ig_feed_portrait', 'instagram.ig_story'] as const;
const form = (change: Partial<SocialForm> = {}): SocialForm => ({ ...firstForm([FEED, STORY]), ...change });

test('a form asks for its formats by platform and id, and for nothing that was not said', () => {
  expect(bodyOf(form(), PICTURE, places)).toEqual({
    image_asset_id: 'a1',
    platforms: ['instagram'],
    format_names: { instagram: ['ig_feed_portrait', 'ig_story'] },
    crop_mode: 'smart',
    output_format: 'auto',
    response_format: 'url',
  });
});

test('a point for all, a point for one, and a window for one who came closer', () => {
  const aim = { ...FIRST_AIM, focus: { x: 0.2, y: 0.3 }, own: { [FEED]: { x: 0.5, y: 0.5, zoom: 1 }, [STORY]: { x: 0.4, y: 0.5, zoom: 2 } } };
  expect(bodyOf(form({ aim }), PICTURE, places)).toMatchObject({
    focal_point: { x: 0.2, y: 0.3 },
    focal_points: { [FEED]: { x: 0.5, y: 0.5 } },
    crops: { [STORY]: { left: 1178, top: 750, width: 844, height: 1500 } },
  });
});

test('where nothing is cut, no point is sent; a background goes with the whole picture alone', () => {
  const aim = { ...FIRST_AIM, mode: 'fit' as const, focus: { x: 0.2, y: 0.3 } };
  const fitted = bodyOf(form({ aim, background: 'colour', colour: '#102030' }), PICTURE, places);
  expect(fitted).toMatchObject({ crop_mode: 'fit', background: { kind: 'colour', colour: '#102030' } });
  expect(fitted).not.toHaveProperty('focal_point');
});

test('what is missing keeps a form back', () => {
  expect(lackOf(form({ formats: [] }))).toBe('formats');
  expect(lackOf(form({ quality: '101' }))).toBe('quality');
  expect(lackOf(form({ limit: '3' }))).toBe('limit');
  expect(bodyOf(form({ quality: '70', limit: '500' }), PICTURE, places)).toMatchObject({ quality: 70, max_bytes: 500_000 });
});

test('a format that goes its own way is no longer linked, and forgets it when it is left out', () => {
  const aim = withOwn(FIRST_AIM, STORY, { x: 0.1, y: 0.5, zoom: 1 });
  expect(linkedOf(form({ aim }))).toBe(1);
  expect(without(form({ aim }), STORY)).toMatchObject({ formats: [FEED], aim: { own: {} } });
  expect(linkedOf(form({ aim: relinked(aim, STORY, SOURCE, places.get(STORY)!) }))).toBe(2);
});

test('a crop that is dragged moves with the hand and stops at the border', () => {
  const sizes = { source: SOURCE, format: places.get(STORY)! };
  const before = windowFor(FIRST_AIM, STORY, SOURCE, sizes.format);
  const own = shifted(FIRST_AIM, STORY, sizes, { x: 300, y: 0 });
  expect(windowFor(withOwn(FIRST_AIM, STORY, own), STORY, SOURCE, sizes.format)).toEqual({ ...before, left: before.left + 300 });
  const far = shifted(FIRST_AIM, STORY, sizes, { x: 1e6, y: 0 });
  expect(windowFor(withOwn(FIRST_AIM, STORY, far), STORY, SOURCE, sizes.format).left).toBe(4000 - before.width);
});

test('the ring rests on the point, on what was found, or on the middle', () => {
  expect(restingPoint(FIRST_AIM, SOURCE)).toEqual({ x: 0.5, y: 0.5 });
  const found = { [FEED]: { left: 0, top: 0, width: 2400, height: 3000 } };
  expect(restingPoint({ ...FIRST_AIM, found }, SOURCE)).toEqual({ x: 0.3, y: 0.5 });
  expect(restingPoint({ ...FIRST_AIM, found, focus: pointAt(2, -1) }, SOURCE)).toEqual({ x: 1, y: 0 });
});

test.each(vectors)('a frame of $format shows of $source what the server cuts around $focus', ({ source, format, focus, crop }) => {
  const sizes = { source: { width: source[0]!, height: source[1]! }, format: { width: format[0]!, height: format[1]! } };
  const board = new Board(FIRST_AIM);
  const frame = document.createElement('img');
  board.add('x.y', { picture: frame, ...sizes });
  board.show({ ...FIRST_AIM, focus: { x: focus[0]!, y: focus[1]! } });
  // In pixels of the source, read back from what the browser is told.
  const [left, top] = frame.style.translate.split(' ').map((share) => Number.parseFloat(share) / -100);
  expect(left! * source[0]!).toBeCloseTo(crop.left, 6);
  expect(top! * source[1]!).toBeCloseTo(crop.top, 6);
  expect((source[0]! * 100) / Number.parseFloat(frame.style.width)).toBeCloseTo(crop.width, 6);
  expect((source[1]! * 100) / Number.parseFloat(frame.style.height)).toBeCloseTo(crop.height, 6);
});

test('a frame that is gone is no longer moved', () => {
  const board = new Board(FIRST_AIM);
  const frame = document.createElement('img');
  board.add(STORY, { picture: frame, source: SOURCE, format: places.get(STORY)! })();
  const { translate } = frame.style;
  board.show({ ...FIRST_AIM, focus: { x: 0, y: 0 } });
  expect(frame.style.translate).toBe(translate);
});

test('rows keep every shape, are never wider than there is room, and are lower for wider shapes', () => {
  const ratios = [0.5625, 1, 0.8, 1.78, 1.91, 4, 0.5625, 0.667, 1.91, 3, 1.78, 8];
  const rows = rowsOf(ratios.map((ratio) => ({ ratio })), 918, 14);
  expect(rows.flatMap(({ items }) => items)).toHaveLength(ratios.length);
  const taken = rows.map(({ items, height }) => items.reduce((sum, { ratio }) => sum + ratio * height, (items.length - 1) * 14));
  for (const [index, { items, height }] of rows.entries()) {
    expect(height).toBeLessThanOrEqual(tallest(items[0]!.ratio));
    expect(taken[index]).toBeLessThanOrEqual(918.001);
  }
  expect(rows.map(({ height }) => height)).toEqual(rows.map(({ height }) => height).toSorted((one, other) => other - one));
});

test('upright and wide shapes never share a row, and few shapes are shown larger', () => {
  const shapes = [{ ratio: 1.75 }, { ratio: 0.8 }, { ratio: 0.5 }];
  const [upright, wide] = fitting(shapes, { width: 918, height: 900 }, { gap: 14, below: 78 });
  expect(upright!.items).toEqual([{ ratio: 0.5 }, { ratio: 0.8 }]);
  expect(upright!.height).toBeCloseTo(396.8);
  expect(wide).toEqual({ items: [{ ratio: 1.75 }], height: 240, last: 918 });
  // The last of a row reaches to its end, so nothing of the next row stands beside it.
  expect(Math.floor(0.5 * upright!.height) + 14 + upright!.last).toBe(918);
  expect(fitting(shapes, { width: 918, height: 300 }, { gap: 14, below: 78 })[0]!.height).toBe(248);
});

test('all of a network are chosen at once, and left out at once where all were chosen', () => {
  expect(toggled([FEED], [FEED, STORY])).toEqual([FEED, STORY]);
  expect(toggled([FEED, STORY, 'x.y'], [FEED, STORY])).toEqual(['x.y']);
  expect(cropAround(SOURCE, { width: 1, height: 1 }, { x: 0.5, y: 0.5 }, 3)).toEqual({ left: 1500, top: 1000, width: 1000, height: 1000 });
});

const exporting = (change: Parameters<typeof job>[0] = {}) =>
  job({
    operation: 'social',
    request: { operation: 'social', image: 'a1', mode: 'smart', exports: [{ platform: 'instagram', format_id: 'ig_feed_portrait' }, { platform: 'instagram', format_id: 'ig_story' }] },
    ...change,
  });

test('a job has a place for each of its files, and they come in whatever order', () => {
  const run = after(runOf(exporting()), { type: 'result', ordinal: 1, picture: picture('s') });
  expect(keysOf(run)).toEqual([FEED, STORY]);
  expect([...outcomesOf(run)].map(([key, { state }]) => [key, state])).toEqual([[FEED, 'waiting'], [STORY, 'ready']]);
  expect(run.job.progress).toBe(0.5);
});

test('files that failed keep their reason beside those that came, whatever their order', () => {
  const broken = { rule: 'max_bytes', ok: false, level: 'must' as const, value: 9e6, limit: 8e6, source: [], grade: 'A' as const, fix: 'Make it smaller.' };
  const advised = { ...broken, rule: 'target_bytes', level: 'should' as const };
  const story = exported('instagram', 'ig_story', { checks: [advised, broken] });
  const errors = [{ platform: 'instagram', format: 'Post', format_id: 'ig_feed_portrait', problem: { title: 'No room' } }];
  const run = runOf(exporting({ status: 'done', result: { results: [story], errors } as never }));
  const outcomes = outcomesOf(run);
  expect(outcomes.get(FEED)).toEqual({ state: 'failed', problem: { title: 'No room' } });
  expect(outcomes.get(STORY)).toMatchObject({ state: 'ready', picture: { id: 'f-ig_story' } });
  expect(brokenOf(story).map(({ rule }) => rule)).toEqual(['max_bytes', 'target_bytes']);
  expect(sumOf(outcomes)).toEqual({ total: 2, ready: 1, sound: 0, failed: 1, bytes: 312_000, largest: 312_000 });
});

test('only what the server chose itself is taken over by the frames', () => {
  const results = [exported('instagram', 'ig_feed_portrait'), exported('instagram', 'ig_story', { laid_out: true })];
  const run = runOf(exporting({ status: 'done', result: { results, errors: [] } as never }));
  expect(Object.keys(foundIn(run, outcomesOf(run)))).toEqual([FEED]);
  const pointed = runOf(exporting({ status: 'done', request: { ...exporting().request, mode: 'center' }, result: { results, errors: [] } as never }));
  expect(foundIn(pointed, outcomesOf(pointed))).toEqual({});
});

test('a set means formats by whatever name, all of them, or the usual one', () => {
  const [instagram, facebook, pinterest] = ['instagram', 'facebook', 'pinterest'].map((each) => formatsOf(each)!);
  const set = { platforms: ['Instagram', 'facebook', 'pinterest'], format_names: { Instagram: ['story', 'IG_PROFILE'], pinterest: 'all' } };
  expect(keysOfSet(set, [instagram!, facebook!, pinterest!])).toEqual([STORY, 'instagram.ig_profile', 'facebook.fb_link', 'pinterest.pin_standard']);
});

test('a form survives being kept as a set, but its points do not go along', () => {
  const kept = form({ aim: { ...FIRST_AIM, mode: 'fit', focus: { x: 0.1, y: 0.1 } }, background: 'mirror', quality: '70', limit: '500', logo: 'l1', corner: 'top-left', share: 20, headline: 'Autumn', seat: 'top', pattern: '{name}-{n}' });
  const choices = choicesOf(kept);
  expect(choices).not.toHaveProperty('focal_point');
  const set = { ...choices, name: 'Kit', id: 's1', files: 2, created_at: '', updated_at: '' } as ExportSet;
  const back = withSet(form({ alt: 'A boat' }), set, [FEED, STORY]);
  expect(choicesOf(back)).toEqual(choices);
  expect(back).toMatchObject({ alt: 'A boat', aim: { mode: 'fit', focus: null } });
});

test('what a set says besides is not lost', () => {
  const set = { platforms: ['instagram'], min_ssim: 0.98, text: { words: 'Autumn', subline: 'from Monday', voice: 'serif' }, name: 'Kit', id: 's1', files: 1, created_at: '', updated_at: '' } as ExportSet;
  expect(choicesOf(withSet(form(), set, [FEED]))).toMatchObject({ min_ssim: 0.98, text: { words: 'Autumn', subline: 'from Monday', voice: 'serif' } });
});
