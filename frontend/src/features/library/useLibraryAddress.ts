import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { queryOf, type LibraryQuery } from './filter';
import type { LibrarySearch } from './search';

/** What the address asks of the library, and the way to ask for something else. */
export function useLibraryAddress() {
  const search: LibrarySearch = useSearch({ from: '/studio/library' });
  const navigate = useNavigate();
  const said = JSON.stringify(queryOf(search));
  const query = useMemo(() => JSON.parse(said) as LibraryQuery, [said]);
  /** Narrowing replaces the address; opening a picture or another place is a step that Back takes back. */
  const seek = (change: LibrarySearch) =>
    void navigate({
      to: '/library',
      search: (before: LibrarySearch) => ({ ...before, ...change }),
      replace: !['asset', 'view', 'collection'].some((word) => word in change),
    });
  return { search, query, seek };
}
