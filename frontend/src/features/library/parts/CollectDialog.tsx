import { Folder, Plus } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { asProblem, fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Field } from '~/components/ImageStudio/ui/Field';
import { useCollections, useCollectionVerbs } from '../shelf';

interface CollectDialogProps {
  count: number;
  onCollect: (id: string, name: string) => void;
  onClose: () => void;
}

/** A collection for the chosen pictures: one that there is, or a new one. */
export function CollectDialog({ count, onCollect, onClose }: CollectDialogProps) {
  const { data: collections = [] } = useCollections();
  return (
    <Dialog title={t('bulk.collectMany', { count })} open onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-3 px-5 pb-5">
        {collections.length > 0 && (
          <ul className="scroll-quiet -mx-2 flex max-h-80 flex-col overflow-y-auto">
            {collections.map(({ id, name, total, covers }) => (
              <li key={id}>
                <button type="button" onClick={() => onCollect(id, name)} className="flex h-13 w-full items-center gap-3 rounded-control px-2 text-left hover:bg-sunken">
                  {covers[0] ? <img src={covers[0]} alt="" className="size-9 rounded-chip object-cover" /> : <Folder size={20} aria-hidden className="mx-2 text-muted" />}
                  <span className="min-w-0 flex-1 truncate font-[560]">{name}</span>
                  <span className="text-second text-muted tabular-nums">{total}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <NewCollection onMade={onCollect} />
      </div>
    </Dialog>
  );
}

/** A name, and the collection is there. */
export function NewCollection({ onMade }: { onMade: (id: string, name: string) => void }) {
  const [name, setName] = useState('');
  const { create } = useCollectionVerbs();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), { onSuccess: (made) => onMade(made.id, made.name) });
  };
  const error = create.error ? (fieldProblem(create.error, 'name') ?? asProblem(create.error).detail) : undefined;
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label={t('collection.new')} value={name} maxLength={120} error={error} onChange={({ target }) => setName(target.value)} className="flex-1" />
      <Button type="submit" look="ink" disabled={!name.trim() || create.isPending} className="h-11">
        <Plus size={16} aria-hidden />
        {t('collection.add')}
      </Button>
    </form>
  );
}
