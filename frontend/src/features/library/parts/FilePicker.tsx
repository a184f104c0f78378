import type { Ref } from 'react';
import { t } from '~/app/i18n';

/** The browser's own file dialog, opened by whoever holds the ref. */
export function FilePicker({ ref, onFiles }: { ref: Ref<HTMLInputElement>; onFiles: (files: File[]) => void }) {
  return (
    <input
      ref={ref}
      type="file"
      multiple
      hidden
      aria-label={t('library.upload')}
      accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
      onChange={({ target }) => {
        if (target.files?.length) onFiles([...target.files]);
        target.value = '';
      }}
    />
  );
}
