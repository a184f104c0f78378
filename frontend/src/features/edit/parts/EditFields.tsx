import { ChevronRight } from 'lucide-react';
import type { EditOperation } from '~/api/types';
import { t } from '~/app/i18n';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { PictureField } from '~/features/picture/parts/PictureField';
import type { Extent } from '~/features/picture/view';
import { WORDS, type EditForm, type Word } from '../form';
import { optionsOf, type Option, type OptionValue } from '../options';
import { MaskSummary } from './MaskSummary';
import { OptionField } from './OptionField';
import { SideFields } from './SideFields';
import { WordField } from './WordField';

export interface EditFieldsProps {
  name: string;
  operation: EditOperation;
  form: EditForm;
  size: Extent;
  engine: MaskEngine;
  /** The sentence of whoever refused a field, by the field's name in the API's form. */
  error: (name: string) => string | undefined;
  onChange: (part: Partial<EditForm>) => void;
}

const isSpare = (word: Word) => word === 'negative_prompt';

/** The form of one operation, as the table of operations describes it. */
export function EditFields({ name, operation, form, size, engine, error, onChange }: EditFieldsProps) {
  const { fields, required = [] } = operation;
  const alone = new Set(required.filter((group) => group.length === 1).flat());
  const options = optionsOf(operation);
  const spare = fields.negative_prompt ? WORDS.filter(isSpare) : [];
  const word = (each: Word) => (
    <WordField
      key={each}
      operation={name}
      word={each}
      value={form.words[each] ?? ''}
      required={alone.has(each)}
      error={error(each)}
      onChange={(value) => onChange({ words: { ...form.words, [each]: value } })}
    />
  );
  const option = (each: Option) => (
    <OptionField
      key={each.name}
      option={each}
      value={form.options[each.name]}
      error={error(`options/${each.name}`)}
      onChange={(value: OptionValue) => onChange({ options: { ...form.options, [each.name]: value } })}
    />
  );
  return (
    <div className="flex flex-col gap-4.5">
      {fields.expansion && <SideFields sides={form.sides} size={size} error={error} onChange={(sides) => onChange({ sides })} />}
      {WORDS.filter((each) => fields[each] && !isSpare(each)).map(word)}
      {fields.background && (
        <PictureField
          label={t('edit.background')}
          value={form.background}
          error={error('background_image_asset_id') ?? error('background_image')}
          onChange={(background) => onChange({ background })}
        />
      )}
      {fields.lighting && (
        <PictureField
          label={t('edit.lighting')}
          value={form.lighting}
          error={error('lighting_image_asset_id') ?? error('lighting_image')}
          onChange={(lighting) => onChange({ lighting })}
        />
      )}
      {fields.mask && <MaskSummary engine={engine} optional={!alone.has('mask')} error={error('mask_base64') ?? error('mask')} />}
      {options.map(option)}
      {spare.length > 0 && <More>{spare.map(word)}</More>}
    </div>
  );
}

function More({ children }: { children: React.ReactNode }) {
  return (
    <details className="group">
      <summary className="flex h-9 list-none items-center gap-2 rounded-chip text-body max-sm:h-11">
        <ChevronRight size={16} aria-hidden className="transition duration-120 group-open:rotate-90" />
        <span className="font-[580]">{t('edit.more')}</span>
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
