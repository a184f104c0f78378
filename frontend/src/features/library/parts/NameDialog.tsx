import { useState, type SyntheticEvent } from 'react';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Field } from '~/components/ImageStudio/ui/Field';
import { useCollectionVerbs } from '../shelf';
import { NewCollection } from './CollectDialog';

interface NameDialogProps {
  /** The one that is renamed; without it, one is made. */
  collection: { id: string; name: string } | undefined;
  /** Told of the collection, or of nothing where it was given up. */
  onDone: (id?: string) => void;
}

export function NameDialog({ collection, onDone }: NameDialogProps) {
  return (
    <Dialog title={collection ? t('collection.rename', { name: collection.name }) : t('collection.new')} open onClose={() => onDone()}>
      <div className="px-5 pb-5">{collection ? <Rename collection={collection} onDone={onDone} /> : <NewCollection onMade={onDone} />}</div>
    </Dialog>
  );
}

function Rename({ collection, onDone }: { collection: { id: string; name: string }; onDone: (id: string) => void }) {
  const [name, setName] = useState(collection.name);
  const { rename } = useCollectionVerbs();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    rename.mutate({ id: collection.id, name: name.trim() }, { onSuccess: () => onDone(collection.id) });
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label={t('collection.name')} value={name} maxLength={120} error={rename.error ? asProblem(rename.error).detail : undefined} onChange={({ target }) => setName(target.value)} className="flex-1" />
      <Button type="submit" look="ink" disabled={!name.trim() || rename.isPending} className="h-11">
        {t('collection.keep')}
      </Button>
    </form>
  );
}
