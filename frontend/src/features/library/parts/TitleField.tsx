import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { nameOf } from '../name';

interface TitleFieldProps {
  asset: Asset;
  onRename: (title: string) => void;
}

/** The picture's title; a press turns it into a field, Enter keeps it, Escape leaves it as it was. */
export function TitleField({ asset, onRename }: TitleFieldProps) {
  const [typed, setTyped] = useState<string>();
  const keep = () => {
    const title = typed?.trim();
    if (title !== undefined && title !== asset.title) onRename(title);
    setTyped(undefined);
  };
  if (typed === undefined) {
    return (
      <h2 className="text-title font-[620]">
        <button type="button" title={t('asset.rename')} onClick={() => setTyped(asset.title)} className="group flex w-full items-start gap-2 rounded-chip px-1 text-left max-sm:min-h-11">
          <span className="line-clamp-2 min-w-0 wrap-break-word">{nameOf(asset)}</span>
          <Pencil size={14} aria-label={t('asset.rename')} className="mt-1.5 shrink-0 text-muted opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />
        </button>
      </h2>
    );
  }
  return (
    <input
      // The press that opened the field is the wish to write in it.
      ref={(field) => field?.focus()}
      aria-label={t('asset.title')}
      value={typed}
      maxLength={300}
      placeholder={nameOf(asset)}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setTyped(undefined);
        if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
      }}
      className="w-full rounded-chip border border-line-strong bg-solid px-1 text-title font-[620] max-sm:h-11"
    />
  );
}
