import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { fieldProblem } from '~/api/errors';
import type { ExportSet } from '~/api/types';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Field } from '~/components/ImageStudio/ui/Field';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { choicesOf, lackOf, withSet, type SocialForm } from '../form';
import { useExportSets, useKeepSet, useKeysOfSet, useRemoveSet } from '../queries';

interface ExportSetsProps {
  form: SocialForm;
  onChange: (form: SocialForm, name: string) => void;
  onClose: () => void;
}

/** Choices that the workspace keeps under names: taken up again, kept anew, or removed. */
export function ExportSets({ form, onChange, onClose }: ExportSetsProps) {
  const { data: sets, isPending, error } = useExportSets();
  const keysOf = useKeysOfSet();
  const remove = useRemoveSet();
  const use = (set: ExportSet) =>
    keysOf.mutate(set, {
      onSuccess: (formats) => {
        onChange(withSet(form, set, formats), set.name);
        onClose();
      },
    });
  const problem = error ?? keysOf.error ?? remove.error;
  return (
    <Dialog title={t('social.sets')} open onClose={onClose}>
      <div className="scroll-quiet flex flex-col gap-4 overflow-y-auto px-5 pb-5">
        {problem && <ProblemBanner problem={problem} />}
        {isPending && <LoadingSkeleton className="h-20" />}
        {sets?.length === 0 && <p className="text-muted">{t('social.noSets')}</p>}
        <ul className="flex flex-col gap-2">
          {sets?.map((set) => (
            <li key={set.id} className="flex items-center gap-1">
              <button type="button" onClick={() => use(set)} disabled={keysOf.isPending} className="min-w-0 flex-1 rounded-control bg-sunken px-3.5 py-2.5 text-left hover:bg-raised">
                <span className="block truncate font-[580]">{set.name}</span>
                <span className="block text-second text-muted">{t('social.sizes', { count: set.files })}</span>
              </button>
              <IconButton label={t('social.removeSet', { name: set.name })} look="danger" onClick={() => remove.mutate(set.id)}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
        <Keep form={form} sets={sets ?? []} onKept={onClose} />
      </div>
    </Dialog>
  );
}

/** What is chosen now under a name; a name that there is already takes its place. */
function Keep({ form, sets, onKept }: { form: SocialForm; sets: readonly ExportSet[]; onKept: () => void }) {
  const [name, setName] = useState('');
  const keep = useKeepSet();
  const known = sets.find((set) => set.name.toLowerCase() === name.trim().toLowerCase());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || lackOf(form)) return;
    keep.mutate({ id: known?.id, body: { name: name.trim(), ...choicesOf(form) } }, { onSuccess: onKept });
  };
  const refused = fieldProblem(keep.error, 'name');
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line pt-4">
      {keep.error && !refused && <ProblemBanner problem={keep.error} />}
      <Field label={t('social.keepAs')} note={t('social.keepNote')} placeholder={t('social.keepHint')} value={name} error={refused} onChange={({ target }) => setName(target.value)} />
      <Button type="submit" look="ink" disabled={name.trim() === '' || lackOf(form) !== null || keep.isPending}>
        {known ? t('social.replaceSet') : t('social.keepSet')}
      </Button>
    </form>
  );
}
