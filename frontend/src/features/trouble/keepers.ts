// Work that lives only on this page, and can be saved as a file by who would rather have it in hand.
import { useEffect, useRef } from 'react';
import { store } from '~/lib/store';

export interface Keeper {
  /** "Save the mask" */
  label: string;
  save: () => void;
}

const keepers = store<readonly Keeper[]>([]);

export const useKeepers = keepers.use;

/** Offers to save something while the component is there and `label` says what. */
export function useKeeper(label: string | null, save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    if (label === null) return undefined;
    const mine: Keeper = { label, save: () => latest.current() };
    keepers.set([...keepers.get(), mine]);
    return () => keepers.set(keepers.get().filter((keeper) => keeper !== mine));
  }, [label]);
}
