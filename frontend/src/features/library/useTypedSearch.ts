import { useEffect, useRef, useState } from 'react';
import { useLatest, useSettled } from '~/lib/react';

const REST_MS = 250;

/** What stands in the search field: told to the address when the hand rests, and taken from it when it changes otherwise. */
export function useTypedSearch(q: string, onSearch: (q: string) => void) {
  const [typed, setTyped] = useState(q);
  const told = useRef(q);
  const tell = useLatest(onSearch);
  const settled = useSettled(typed.trim(), REST_MS);
  useEffect(() => {
    if (q === told.current) return;
    told.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    tell.current(settled);
  }, [settled, tell]);
  return { typed, setTyped };
}
