import { useId, useState, type FormEvent } from 'react';
import { asProblem, StudioProblem } from '~/api/errors';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Field } from '~/components/ImageStudio/ui/Field';
import { bodyOf, EMPTY_PERSONA, formOf, type PersonaForm } from '../form';
import { useSavePersona } from '../queries';
import { EnginesField } from './EnginesField';
import { PaletteField } from './PaletteField';
import { WordsField } from './WordsField';

interface PersonaDialogProps {
  /** The one to change; without it, a new one is made. */
  persona?: Persona | undefined;
  /** What a new one begins with. */
  start?: PersonaForm | undefined;
  onClose: () => void;
}

/** The sentence about a field or about one of its members (`/palette/0`). */
function about(thrown: unknown, name: string): string | undefined {
  if (!(thrown instanceof StudioProblem)) return undefined;
  return thrown.fields.find(({ pointer }) => pointer.replace(/^#?\/(body\/)?/, '').split('/')[0] === name)?.detail;
}

/** Everything that a persona is, in one form. */
export function PersonaDialog({ persona, start = EMPTY_PERSONA, onClose }: PersonaDialogProps) {
  const id = useId();
  const [form, setForm] = useState<PersonaForm>(persona ? formOf(persona) : start);
  const save = useSavePersona();
  const set = (part: Partial<PersonaForm>) => setForm((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: persona?.id, body: bodyOf(form) }, { onSuccess: onClose });
  };
  // A field's own sentence stands beside the field; what is about no field stands above.
  const general = save.error && asProblem(save.error).fields.length === 0 ? save.error : null;
  const error = (name: string) => about(save.error, name);
  return (
    <Dialog title={persona ? t('personas.change', { name: persona.name }) : t('personas.new')} open onClose={onClose}>
      <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
        <div className="scroll-quiet flex flex-col gap-4.5 overflow-y-auto px-5 pt-1 pb-5">
          {general && <ProblemBanner problem={general} />}
          <Field
            label={t('personas.name')}
            value={form.name}
            maxLength={80}
            placeholder={t('personas.nameHint')}
            error={error('name')}
            onChange={({ target }) => set({ name: target.value })}
          />
          <Field
            label={t('personas.voice')}
            value={form.voice}
            maxLength={300}
            placeholder={t('personas.voiceHint')}
            error={error('voice')}
            onChange={({ target }) => set({ voice: target.value })}
          />
          <WordsField
            label={t('personas.styleWords')}
            hint={t('personas.styleWordsHint')}
            words={form.styleWords}
            error={error('style_words')}
            onChange={(styleWords) => set({ styleWords })}
          />
          <PaletteField colours={form.palette} fresh={FRESH} error={error('palette')} onChange={(palette) => set({ palette })} />
          <WordsField
            label={t('personas.negativeWords')}
            hint={t('personas.negativeWordsHint')}
            words={form.negativeWords}
            error={error('negative_words')}
            onChange={(negativeWords) => set({ negativeWords })}
          />
          <Field
            label={t('personas.style')}
            value={form.stylePreset}
            placeholder={t('personas.styleHint')}
            error={error('style_preset')}
            onChange={({ target }) => set({ stylePreset: target.value })}
          />
          <EnginesField engines={form.engines} error={error('engines')} onChange={(engines) => set({ engines })} />
          <div className="flex items-start gap-3">
            <input
              id={id}
              type="checkbox"
              aria-describedby={`${id}-note`}
              checked={form.is_default}
              onChange={({ target }) => set({ is_default: target.checked })}
              className="mt-0.5 size-5 shrink-0 accent-accent-fill"
            />
            <span>
              <label htmlFor={id} className="block font-[560]">
                {t('personas.default')}
              </label>
              <span id={`${id}-note`} className="block text-second text-muted">
                {t('personas.defaultNote')}
              </span>
            </span>
          </div>
        </div>
        <div className="flex gap-2.5 border-t border-line px-5 pt-3.5 pad-safe-bottom">
          <Button onClick={onClose} className="flex-1">
            {t('action.cancel')}
          </Button>
          <Button type="submit" look="ink" disabled={form.name.trim() === '' || save.isPending} className="flex-1">
            {t('personas.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a new colour begins as: a middle grey, which asks to be changed. */
const FRESH = '#808080';
