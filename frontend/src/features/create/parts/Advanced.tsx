import { ChevronRight } from 'lucide-react';
import { t } from '~/app/i18n';
import { Field } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import type { Estimate } from '~/api/types';
import { useProviders } from '~/features/templates/queries';
import { isGuidance, isSeed, isSteps, QUALITIES, type CreateForm } from '../form';

interface AdvancedProps {
  form: CreateForm;
  estimate: Estimate | undefined;
  onChange: (part: Partial<CreateForm>) => void;
}

/** For those who know what a seed is. */
export function Advanced({ form, estimate, onChange }: AdvancedProps) {
  const invents = useInvents(estimate);
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
        {invents && (
          <>
            <Field
              label={t('create.guidance')}
              inputMode="decimal"
              placeholder={t('create.guidanceHint')}
              value={form.guidance}
              error={isGuidance(form.guidance) ? undefined : t('create.guidanceWrong')}
              onChange={({ target }) => onChange({ guidance: target.value })}
            />
            <Field
              label={t('create.steps')}
              inputMode="numeric"
              placeholder={t('create.stepsHint')}
              value={form.steps}
              error={isSteps(form.steps) ? undefined : t('create.stepsWrong')}
              onChange={({ target }) => onChange({ steps: target.value })}
            />
          </>
        )}
      </div>
    </details>
  );
}

/** Whether a trained model would serve: only such models can be told how to go about it. */
function useInvents(estimate: Estimate | undefined): boolean {
  const { data: providers } = useProviders();
  const offers = estimate && providers?.[estimate.provider]?.offers;
  return offers?.some(({ model, operation, generative }) => model === estimate?.model && operation === 'create' && generative) ?? false;
}
