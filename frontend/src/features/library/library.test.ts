import { expect, test } from 'vitest';
import { asset } from '~/test/fixtures';
import { railsOf, rowsOf, type Member } from './family';
import { isNarrowed, queryOf } from './filter';
import { geometryOf, layoutOf } from './layout';
import { legible, marksOf, monthOf, shortName } from './months';
import { librarySearch } from './search';
import { joined, NONE, toggled } from './selection';
import { tagsIn } from './tags';

test('the address asks the server in its own words, and nothing that it would refuse', () => {
  const search = librarySearch({ q: 'boat', fav: '1', type: 'uploaded', colour: 'red', from: '2026-11-01', to: 'soon', tags: 'a,b', sort: 'largest', evil: 'x', asset: 'a1' });
  expect(queryOf(search)).toEqual({
    asset_type: 'image',
    sort_by: 'file_size',
    sort_order: 'desc',
    search: 'boat',
    favorites_only: true,
    source_module: 'upload',
    tags: 'a,b',
    tags_match: 'all',
    colour: '#c2502f',
    date_from: '2026-11-01',
  });
  expect(queryOf(librarySearch({ colour: 'pink', type: 'odd', view: 'trash' }))).toMatchObject({ trashed: true, sort_by: 'created_at' });
  expect([isNarrowed(search), isNarrowed(librarySearch({ asset: 'a1', sort: 'title' }))]).toEqual([true, false]);
});

const member = (id: string, operation: string | null = 'general_edit'): Member => ({
  id,
  operation,
  title: id,
  filename: `${id}.png`,
  thumbnail_url: null,
  provider: 'local',
  model: null,
  cost: 0,
  width: 1,
  height: 1,
  is_favorite: false,
  purpose: null,
  trashed: false,
  created_at: '2026-11-22T12:00:00Z',
});
const edge = (parent_id: string, child_id: string, role = 'image') => ({ parent_id, child_id, role, operation: 'x' });

test('a picture stands at the end of its line, and what was made from it branches below', () => {
  const rows = rowsOf({
    asset_id: 'warm',
    truncated: false,
    nodes: [member('photo', null), member('sky', null), member('warm'), member('print', 'upscale'), member('c1', 'social'), member('c2', 'social'), member('tiny')],
    edges: [edge('sky', 'warm', 'background'), edge('photo', 'warm'), edge('warm', 'print'), edge('warm', 'c1'), edge('warm', 'c2'), edge('print', 'tiny')],
  });
  expect(rows.map(({ member: { id }, depth, count }) => [id, depth, count])).toEqual([
    ['photo', 0, 1],
    ['warm', 0, 1],
    ['print', 1, 1],
    ['tiny', 2, 1],
    ['c1', 1, 2],
  ]);
  // Beside the print and what hangs on it, the picture's line goes on to its crops; below the crops it ends.
  expect(rows.map((_, at) => railsOf(rows, at))).toEqual([[], [], [0], [0], []]);
});

test('a family that turns in a circle still ends', () => {
  const rows = rowsOf({ asset_id: 'a', truncated: false, nodes: [member('a'), member('b')], edges: [edge('a', 'b'), edge('b', 'a')] });
  expect(rows.map(({ member: { id } }) => id)).toEqual(['b', 'a']);
});

test('months stand where their first picture does, and only those with room are named', () => {
  const layout = layoutOf({ total: 600, size: 60, ratiosOf: () => undefined }, geometryOf(1000, 240, 10));
  const months = [
    { month: '2026-11', count: 300 },
    { month: '2025-12', count: 2 },
    { month: '2026-10', count: 298 },
  ];
  const marks = marksOf(months, layout, false);
  expect(marks.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2025-12']);
  expect([marks[0]!.at, marks[1]!.at]).toEqual([0, expect.closeTo(0.5, 1)]);
  expect(monthOf(marks, 310)?.month).toBe('2026-10');
  expect(legible(marks, 30).map(({ month }) => month)).toEqual(['2026-11', '2025-12']);
  expect([shortName(marks[0]!, undefined), shortName(marks[2]!, marks[1])]).toEqual(['Nov', '2025']);
});

test('choosing keeps its order and forgets nothing twice', () => {
  const [a, b, c] = [asset('a'), asset('b'), asset('c')];
  const two = toggled(toggled(NONE, b, 1), a, 0);
  expect([...joined(two, [a, b, c]).chosen.keys()]).toEqual(['b', 'a', 'c']);
  expect([...toggled(two, b, 1).chosen.keys()]).toEqual(['a']);
});

test('tags are what stands between commas', () => {
  expect(tagsIn(' autumn , hero  shot,, autumn')).toEqual(['autumn', 'hero shot']);
});
