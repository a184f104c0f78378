import { ChevronRight } from 'lucide-react';
import { t } from '~/app/i18n';
import { Field } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { isSeed, QUALITIES, type CreateForm } from '../form';

interface AdvancedProps {
  form: CreateForm;
  onChange: (part: Partial<CreateForm>) => void;
}

/** For those who know what a seed is. */
export function Advanced({ form, onChange }: AdvancedProps) {
  const names = { draft: t('quality.draft'), standard: t('quality.standard'), premium: t('quality.premium') };
  return (
    <details className="group">
      <summary className="flex h-9 list-none items-center gap-2 rounded-chip text-body max-sm:h-11">
        <ChevronRight size={16} aria-hidden className="transition duration-120 group-open:rotate-90" />
        <span className="font-[580]">{t('create.advanced')}</span>
        <span className="truncate text-second text-muted">{t('create.advancedNote')}</span>
      </summary>
      <div className="flex flex-col gap-4 pt-3">
        <div>
          <p className="mb-2 text-second text-muted">{t('create.quality')}</p>
          <Segmented
            label={t('create.quality')}
            value={form.quality}
            options={QUALITIES.map((value) => ({ value, text: names[value] }))}
            onChange={(quality) => onChange({ quality })}
          />
        </div>
        <Field
          label={t('create.seed')}
          inputMode="numeric"
          placeholder={t('create.seedHint')}
          value={form.seed}
          error={isSeed(form.seed) ? undefined : t('create.seedWrong')}
          onChange={({ target }) => onChange({ seed: target.value })}
        />
        <Field
          label={t('create.negative')}
          placeholder={t('create.negativeHint')}
          value={form.negative}
          onChange={({ target }) => onChange({ negative: target.value })}
        />
      </div>
    </details>
  );
}
