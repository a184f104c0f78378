// The one banner above a page: every banner of the page asks for the place, and the most pressing one has it.
import { createContext, useContext, useId, useLayoutEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { store } from '~/lib/store';

/** Most pressing first. */
export const RANKS = ['connection', 'pause', 'refusal', 'failure', 'fact'] as const;
export type Rank = (typeof RANKS)[number];

export interface Claim {
  id: string;
  rank: Rank;
}

const claims = store<readonly Claim[]>([]);
const place = store<HTMLElement | null>(null);

/** Who has the place: the most pressing claim, of equals the latest. */
export function firstOf(all: readonly Claim[]): string | undefined {
  let first: Claim | undefined;
  for (const claim of all) if (!first || RANKS.indexOf(claim.rank) <= RANKS.indexOf(first.rank)) first = claim;
  return first?.id;
}

/** Within a dialog, banners stand where they are written. */
export const Inside = createContext(false);

const setPlace = (element: HTMLElement | null) => place.set(element);

/** The place under a page's header. */
export const BannerSlot = () => <div ref={setPlace} className="mb-3 empty:hidden max-sm:px-4.5" />;

/** Shows a banner above the page, one at a time; where a page has no place for it, right here. */
export function AbovePage({ rank, children }: { rank: Rank; children: ReactNode }) {
  const id = useId();
  const inside = useContext(Inside);
  const there = place.use();
  const first = firstOf(claims.use());
  useLayoutEffect(() => {
    if (inside) return undefined;
    claims.set([...claims.get(), { id, rank }]);
    return () => claims.set(claims.get().filter((claim) => claim.id !== id));
  }, [id, rank, inside]);
  if (inside || !there) return children;
  return first === id ? createPortal(children, there) : null;
}
