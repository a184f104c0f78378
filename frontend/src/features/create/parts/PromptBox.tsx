import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { LONGEST_PROMPT } from '../form';

interface PromptBoxProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Where a picture begins. */
export function PromptBox({ value, error, onChange }: PromptBoxProps) {
  return (
    <div>
      <textarea
        aria-label={t('create.prompt')}
        aria-invalid={error !== undefined}
        aria-describedby={error ? 'prompt-error' : undefined}
        placeholder={t('create.promptHint')}
        maxLength={LONGEST_PROMPT}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={clsx(
          'scroll-quiet field-sizing-content block max-h-52 min-h-29 w-full resize-none rounded-[14px] border bg-solid px-3.5 py-3 text-section leading-[22px] focus:outline-2 focus:-outline-offset-1 focus:outline-accent max-lg:max-h-32 max-lg:min-h-17 max-sm:text-[16px]',
          error ? 'border-danger' : 'border-line-strong',
        )}
      />
      {error && <FieldError id="prompt-error">{error}</FieldError>}
    </div>
  );
}
