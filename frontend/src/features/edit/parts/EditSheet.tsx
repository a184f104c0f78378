import { useState, type ReactNode } from 'react';
import { t } from '~/app/i18n';
import { EnginePicker } from '~/components/ImageStudio/EnginePicker';
import { nameOf } from '../words';
import { Action, Cannot, Trouble, type EditPanelProps } from './EditPanel';
import { EditFields } from './EditFields';
import { WordField } from './WordField';

interface EditSheetProps extends EditPanelProps {
  /** Where another operation is chosen. */
  operations: ReactNode;
  /** The steps, and the versions that wait. */
  steps: ReactNode;
  waiting: ReactNode;
}

/** The form of an edit on a phone: the words and the button in sight, the rest when the sheet is pulled up. */
export function EditSheet({ operations, steps, waiting, ...rest }: EditSheetProps) {
  const { edit, name, operation, form, onApply, onChange } = rest;
  const [open, setOpen] = useState(false);
  const worded = operation.available && operation.fields.prompt === true && !open;
  const title = nameOf(name, operation);
  return (
    <section aria-label={title} className="pop relative z-10 flex min-h-0 shrink-0 flex-col gap-2.5 rounded-t-sheet px-4.5 pb-[calc(100px+env(safe-area-inset-bottom))]">
      <button type="button" aria-expanded={open} aria-label={t('edit.sheet')} onClick={() => setOpen(!open)} className="-mb-5 flex h-11 w-full shrink-0 items-start justify-center pt-2.5">
        <span aria-hidden className="h-1 w-10 rounded-full bg-line-strong opacity-60" />
      </button>
      {operations}
      {!operation.available && <Cannot title={title} reason={operation.reason} />}
      {open && operation.available && (
        <div className="scroll-quiet flex max-h-[46dvh] flex-col gap-4.5 overflow-y-auto">
          <EditFields {...rest} error={edit.error} />
          <EnginePicker value={form.engine} estimate={edit.estimate} onChange={(engine) => onChange({ engine })} />
          {steps}
        </div>
      )}
      {worded && (
        <WordField
          operation={name}
          word="prompt"
          value={form.words.prompt ?? ''}
          required
          compact
          error={edit.error('prompt')}
          onChange={(value) => onChange({ words: { ...form.words, prompt: value } })}
        />
      )}
      <Trouble edit={edit} engine={form.engine} onEngine={(engine) => onChange({ engine })} onAgain={onApply} />
      {waiting}
      <Action edit={edit} title={title} available={operation.available} waits={rest.waits} onApply={onApply} />
    </section>
  );
}
