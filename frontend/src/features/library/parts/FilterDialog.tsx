import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { fieldSkin } from '~/components/ImageStudio/ui/Field';
import type { Group } from '../choices';
import { WIDE } from '../filter';
import type { LibrarySearch } from '../search';
import { Swatches } from './Swatches';

interface FilterDialogProps {
  groups: readonly Group[];
  search: LibrarySearch;
  onSeek: (change: LibrarySearch) => void;
  onClose: () => void;
}

/** Every way to narrow the library; the pictures behind it follow at once. */
export function FilterDialog({ groups, search, onSeek, onClose }: FilterDialogProps) {
  return (
    <Dialog title={t('library.filters')} open onClose={onClose}>
      <div className="scroll-quiet flex flex-col gap-4 overflow-y-auto px-5 pb-4">
        {groups
          .filter(({ word, choices }) => word !== 'from' && choices.length > 0)
          .map(({ word, label, choices }) => (
            <fieldset key={word}>
              <legend className="mb-1.5 text-second font-[550]">{label}</legend>
              <div className="flex flex-wrap gap-1.5">
                {choices.slice(0, 14).map(({ value, text }) => (
                  <button
                    key={value}
                    type="button"
                    aria-pressed={search[word] === value}
                    onClick={() => onSeek({ [word]: search[word] === value ? undefined : value })}
                    className={clsx('h-9 rounded-chip px-3 text-second font-[550] max-sm:h-11', search[word] === value ? 'bg-ink text-on-ink' : 'bg-sunken hover:bg-raised')}
                  >
                    {text}
                  </button>
                ))}
              </div>
            </fieldset>
          ))}
        <fieldset>
          <legend className="mb-1.5 text-second font-[550]">{t('library.colour')}</legend>
          <Swatches large value={search.colour} onChange={(colour) => onSeek({ colour })} />
        </fieldset>
        <fieldset className="flex gap-3">
          <legend className="mb-1.5 text-second font-[550]">{t('library.date')}</legend>
          <Day label={t('library.dayFrom')} value={search.from} onChange={(from) => onSeek({ from })} />
          <Day label={t('library.dayTo')} value={search.to} onChange={(to) => onSeek({ to })} />
        </fieldset>
      </div>
      <div className="flex justify-between gap-3 border-t border-line px-5 py-3">
        <Button look="bare" onClick={() => onSeek(WIDE)}>
          {t('library.showAll')}
        </Button>
        <Button look="ink" onClick={onClose}>
          {t('action.done')}
        </Button>
      </div>
    </Dialog>
  );
}

function Day({ label, value, onChange }: { label: string; value: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <label className="min-w-0 flex-1 text-caption text-muted">
      {label}
      <input type="date" value={value ?? ''} onChange={({ target }) => onChange(target.value || undefined)} className={clsx(fieldSkin, 'mt-1 h-11 border-line-strong text-fg')} />
    </label>
  );
}
