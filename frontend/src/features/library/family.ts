// Where a picture came from and what became of it, as rows of a tree. Pure.
import type { FamilyAnswer } from '~/api/types';

export type Member = FamilyAnswer['nodes'][number];

export interface FamilyRow {
  member: Member;
  /** 0 for the line that leads to the picture; deeper for what was made from it. */
  depth: number;
  /** How many crops of one run stand in this row, itself included. */
  count: number;
  /** The masks and guides that it was made with. */
  helpers: readonly Member[];
}

/** Deeper ones stand as deep as this, so that names keep their room. */
const DEEPEST = 3;

/** The line from the first picture down to this one, then everything made from it, branch by branch; masks and guides stand with what they helped to make. */
export function rowsOf({ asset_id: id, nodes, edges }: FamilyAnswer): FamilyRow[] {
  const members = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<string, string[]>();
  const parent = new Map<string, string>();
  const helpers = new Map<string, Member[]>();
  for (const edge of edges) {
    const [from, to] = [members.get(edge.parent_id), members.get(edge.child_id)];
    if (!from || !to || (helps(to) && to.id !== id)) continue;
    if (helps(from)) helpers.set(to.id, [...(helpers.get(to.id) ?? []), from]);
    if (helps(from) && from.id !== id) continue;
    children.set(edge.parent_id, [...(children.get(edge.parent_id) ?? []), edge.child_id]);
    // A picture may have more parents, such as a background; it comes from the one that it shows.
    if (edge.role === 'image' || !parent.has(edge.child_id)) parent.set(edge.child_id, edge.parent_id);
  }
  const line = [id];
  for (let up = parent.get(id); up !== undefined && !line.includes(up); up = parent.get(up)) line.unshift(up);
  const rowOf = (at: string, depth: number): FamilyRow[] => {
    const member = members.get(at);
    return member ? [{ member, depth, count: 1, helpers: helpers.get(at) ?? [] }] : [];
  };
  const rows = line.flatMap((each) => rowOf(each, 0));
  const seen = new Set(line);
  const descend = (from: string, depth: number) => {
    const unseen = (children.get(from) ?? []).filter((child) => !seen.has(child));
    for (const row of together(unseen.flatMap((child) => rowOf(child, Math.min(depth, DEEPEST))))) {
      if (seen.has(row.member.id)) continue;
      seen.add(row.member.id);
      rows.push(row);
      descend(row.member.id, depth + 1);
    }
  };
  descend(id, 1);
  return rows;
}

const helps = ({ purpose }: Member) => purpose !== null;

/** Crops for networks come by the dozen: one row for all of them. */
function together(rows: readonly FamilyRow[]): FamilyRow[] {
  const crops = rows.filter(({ member }) => member.operation === 'social');
  const [first] = crops;
  if (!first || crops.length < 2) return [...rows];
  return [...rows.filter(({ member }) => member.operation !== 'social'), { ...first, count: crops.length }];
}

/** The levels beside a row whose line goes on below it: further children of theirs are still to come. */
export function railsOf(rows: readonly FamilyRow[], at: number): number[] {
  const depth = rows[at]?.depth ?? 0;
  const after = rows.slice(at + 1);
  return Array.from({ length: depth }, (_, level) => level).filter((level) => {
    const end = after.findIndex((row) => row.depth <= level);
    return (end < 0 ? after : after.slice(0, end)).some((row) => row.depth === level + 1);
  });
}
