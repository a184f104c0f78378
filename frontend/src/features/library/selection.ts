// Which pictures are chosen, in the order they were. Pure.
import type { Asset } from '~/api/types';

export interface Selection {
  chosen: ReadonlyMap<string, Asset>;
  /** Where a range begins: the index that was chosen last. */
  from: number;
}

export const NONE: Selection = { chosen: new Map(), from: 0 };

export function toggled({ chosen }: Selection, asset: Asset, index: number): Selection {
  const next = new Map(chosen);
  if (!next.delete(asset.id)) next.set(asset.id, asset);
  return { chosen: next, from: index };
}

export function joined({ chosen, from }: Selection, assets: readonly Asset[]): Selection {
  return { chosen: new Map([...chosen, ...assets.map((asset) => [asset.id, asset] as const)]), from };
}
