import { useEffect, useRef, useState } from 'react';

const picturesOf = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type === '' || type.startsWith('image/'));

/** How many parts of the page take files themselves. */
let takers = 0;
/** Browsers offer a picture dragged within the page as a file, too; that is no arrival. */
let inside = false;
addEventListener('dragstart', () => (inside = true));
addEventListener('dragend', () => (inside = false));

/**
 * Files that are dropped anywhere on the page or pasted into it; tells whether some hang above it right now.
 * `last`: only where no other part of the page takes them.
 */
export function useFileEntry(onFiles: (files: File[]) => void, last = false): boolean {
  const [above, setAbove] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    if (!last) takers += 1;
    const mine = () => !last || takers === 0;
    const take = (files: File[]) => files.length > 0 && latest.current(files);
    const arrives = (event: DragEvent) => !inside && mine() && (event.dataTransfer?.types.includes('Files') ?? false);
    addEventListener('dragover', (event) => {
      if (!arrives(event)) return;
      event.preventDefault();
      setAbove(true);
    }, { signal });
    addEventListener('dragleave', (event) => event.relatedTarget === null && setAbove(false), { signal });
    addEventListener('drop', (event) => {
      setAbove(false);
      if (!arrives(event)) return;
      event.preventDefault();
      take(picturesOf(event.dataTransfer));
    }, { signal });
    addEventListener('paste', (event) => mine() && void take(picturesOf(event.clipboardData)), { signal });
    return () => {
      abort.abort();
      if (!last) takers -= 1;
    };
  }, [last]);
  return above;
}
