import { useState, type SyntheticEvent } from 'react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Field } from '~/components/ImageStudio/ui/Field';
import { useTags } from '../shelf';
import { tagsIn } from '../tags';

const takeCursor = (field: HTMLInputElement | null) => field?.focus();

interface TagDialogProps {
  count: number;
  onTag: (tags: string[]) => void;
  onClose: () => void;
}

/** Words for all of the chosen pictures: new ones, or such as are in use. */
export function TagDialog({ count, onTag, onClose }: TagDialogProps) {
  const [text, setText] = useState('');
  const { data: known = [] } = useTags();
  const typed = tagsIn(text);
  const add = (tag: string) => setText([...new Set([...typed, tag])].join(', '));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed.length > 0) onTag(typed);
  };
  return (
    <Dialog title={t('bulk.tagMany', { count })} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3 px-5 pb-5">
        {/* Whoever asked for tags writes them next. */}
        <Field label={t('asset.tags')} note={t('bulk.tagNote')} value={text} onChange={({ target }) => setText(target.value)} ref={takeCursor} />
        {known.length > 0 && (
          <div role="group" aria-label={t('bulk.tagsKnown')} className="flex flex-wrap gap-1.5">
            {known
              .filter(({ tag }) => !typed.includes(tag))
              .slice(0, 12)
              .map(({ tag }) => (
                <button key={tag} type="button" onClick={() => add(tag)} className="h-8 rounded-chip bg-sunken px-2.5 text-second hover:bg-raised max-sm:h-11">
                  {tag}
                </button>
              ))}
          </div>
        )}
        <Button type="submit" look="ink" disabled={typed.length === 0} className="self-end">
          {t('bulk.tag')}
        </Button>
      </form>
    </Dialog>
  );
}
