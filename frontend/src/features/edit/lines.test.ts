import { expect, test } from 'vitest';
import type { FamilyAnswer as Family } from '~/api/types';
import { relative } from '~/test/fixtures';
import { branchesOf, grownBy, letterOf, lineTo, newborn, versionsAs, versionsIn } from './lines';

const edge = (parent_id: string, child_id: string, role = 'image') => ({ parent_id, child_id, role, operation: 'erase' });

/** a → b → c, a → d, and a mask that b was made with; e lies in the trash. */
const FAMILY: Family = {
  asset_id: 'a',
  nodes: [relative('a'), relative('m', { purpose: 'mask' }), relative('b'), relative('c'), relative('d'), relative('e', { trashed: true })],
  edges: [edge('m', 'b', 'mask'), edge('a', 'b'), edge('b', 'c'), edge('a', 'd'), edge('a', 'e')],
  truncated: false,
};

const ids = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);

test('a line leads from the first picture to the last, past masks', () => {
  expect(ids(lineTo(FAMILY, 'c'))).toEqual(['a', 'b', 'c']);
  expect(ids(lineTo(FAMILY, 'd'))).toEqual(['a', 'd']);
  expect(lineTo(FAMILY, 'nobody')).toEqual([]);
});

test('other ends of the family are branches, unless they were thrown away', () => {
  expect(ids(branchesOf(FAMILY, lineTo(FAMILY, 'c')))).toEqual(['d']);
  expect(ids(branchesOf(FAMILY, lineTo(FAMILY, 'b')))).toEqual(['d', 'c']);
});

test('a version that is used is the next step at once, also from an earlier one', () => {
  const line = lineTo(FAMILY, 'c');
  const next = newborn('n', 'erase', { thumbnail_url: '/n', width: 4, height: 3 });
  expect(ids(lineTo(grownBy(line, 'c', next), 'n'))).toEqual(['a', 'b', 'c', 'n']);
  expect(ids(lineTo(grownBy(line, 'a', next), 'n'))).toEqual(['a', 'n']);
});

test('versions stand in the address, each once', () => {
  expect(versionsIn('j1,j2,,j1')).toEqual(['j1', 'j2']);
  expect(versionsIn(undefined)).toEqual([]);
  expect(versionsAs(['j1', 'j2'])).toBe('j1,j2');
  expect(versionsAs([])).toBeUndefined();
  expect([0, 2, 26].map(letterOf)).toEqual(['A', 'C', '27']);
});
