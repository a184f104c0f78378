// The way a picture came, and the ways that branch off it, out of the family that the library knows. Pure.
import type { FamilyAnswer as Family, Relative } from '~/api/types';

/** The picture that another was made from: what had the role of the picture, not of a mask or a guide. */
function parentOf({ edges }: Family, id: string): string | undefined {
  const above = edges.filter(({ child_id: child }) => child === id);
  return (above.find(({ role }) => role === 'image') ?? above[0])?.parent_id;
}

/** A picture and what it was made of, the oldest first. */
export function lineTo(family: Family, head: string): Relative[] {
  const line: Relative[] = [];
  let next: string | undefined = head;
  while (next !== undefined) {
    const node = family.nodes.find(({ id }) => id === next);
    if (!node || line.includes(node)) break;
    line.unshift(node);
    next = parentOf(family, next);
  }
  return line;
}

/** The ends of the other ways: pictures of the family that nothing was made of, the newest first. */
export function branchesOf(family: Family, line: readonly Relative[]): Relative[] {
  const parents = new Set(family.nodes.map(({ id }) => parentOf(family, id)));
  const known = new Set(line.map(({ id }) => id));
  const ends = family.nodes.filter((node) => !node.trashed && node.purpose === null && !parents.has(node.id) && !known.has(node.id));
  return ends.filter(({ id }) => parentOf(family, id) !== undefined).toReversed();
}

/** What is known of a family as soon as a version becomes the next step, before the library has told. */
export function grownBy(line: readonly Relative[], current: string, next: Relative): Family {
  const nodes = [...line.slice(0, line.findIndex(({ id }) => id === current) + 1), next];
  const edges = nodes.slice(1).map(({ id, operation }, index) => ({ parent_id: nodes[index]?.id ?? '', child_id: id, role: 'image', operation: operation ?? '' }));
  return { asset_id: next.id, nodes, edges, truncated: false };
}

/** A picture that has just been made, as a relative. */
export const newborn = (id: string, operation: string, picture: Pick<Relative, 'thumbnail_url' | 'width' | 'height'> | undefined): Relative => ({
  id,
  title: '',
  filename: '',
  operation,
  provider: null,
  model: null,
  cost: 0,
  width: picture?.width ?? null,
  height: picture?.height ?? null,
  thumbnail_url: picture?.thumbnail_url ?? null,
  is_favorite: false,
  purpose: null,
  trashed: false,
  created_at: new Date().toISOString(),
});

/** The jobs of the versions that wait, as the address has them; the oldest first. */
export const versionsIn = (job: string | undefined): readonly string[] => [...new Set(job?.split(',').filter(Boolean))];

export const versionsAs = (ids: readonly string[]): string | undefined => (ids.length > 0 ? ids.join(',') : undefined);

/** A version's letter: A, B, … and numbers after Z. */
export const letterOf = (index: number): string => (index < 26 ? String.fromCodePoint(65 + index) : String(index + 1));
