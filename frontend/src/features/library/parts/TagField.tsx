import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { tagsIn } from '../tags';

interface TagFieldProps {
  tags: readonly string[];
  onChange: (tags: string[]) => void;
}

/** The tags of a picture: a press on one shows all pictures that have it, the cross takes it off, the plus adds one. */
export function TagField({ tags, onChange }: TagFieldProps) {
  const [typed, setTyped] = useState<string>();
  const keep = () => {
    const next = [...new Set([...tags, ...tagsIn(typed ?? '')])];
    if (next.length > tags.length) onChange(next);
    setTyped(undefined);
  };
  return (
    <ul className="flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <li key={tag} className="group flex items-center rounded-[8px] bg-sunken text-second">
          <Link to="/library" search={{ tags: tag }} className="flex h-6.5 items-center rounded-[8px] pl-2 hover:text-accent max-sm:h-11">
            {tag}
          </Link>
          <button type="button" aria-label={t('asset.untag', { tag })} onClick={() => onChange(tags.filter((each) => each !== tag))} className="flex h-6.5 w-6 items-center justify-center rounded-[8px] text-muted hover:text-fg max-sm:size-11">
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        {typed === undefined ? (
          <button type="button" aria-label={t('asset.addTag')} title={t('asset.addTag')} onClick={() => setTyped('')} className="flex size-6.5 items-center justify-center rounded-[8px] hover:bg-sunken max-sm:size-11">
            <Plus size={15} aria-hidden />
          </button>
        ) : (
          <input
            ref={(field) => field?.focus()}
            aria-label={t('asset.addTag')}
            value={typed}
            maxLength={64}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={keep}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keep();
              if (event.key === 'Escape') setTyped(undefined);
              if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
            }}
            className="h-6.5 w-28 rounded-[8px] border border-line-strong bg-solid px-2 text-second max-sm:h-11"
          />
        )}
      </li>
    </ul>
  );
}
