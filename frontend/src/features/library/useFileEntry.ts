import { useEffect, useRef, useState } from 'react';

const picturesOf = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type === '' || type.startsWith('image/'));

/** Files that are dropped anywhere on the page or pasted into it; tells whether some hang above it right now. */
export function useFileEntry(onFiles: (files: File[]) => void): boolean {
  const [above, setAbove] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const take = (files: File[]) => files.length > 0 && latest.current(files);
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    addEventListener('dragover', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setAbove(true);
    }, { signal });
    addEventListener('dragleave', (event) => event.relatedTarget === null && setAbove(false), { signal });
    addEventListener('drop', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setAbove(false);
      take(picturesOf(event.dataTransfer));
    }, { signal });
    addEventListener('paste', (event) => void take(picturesOf(event.clipboardData)), { signal });
    return () => abort.abort();
  }, []);
  return above;
}
