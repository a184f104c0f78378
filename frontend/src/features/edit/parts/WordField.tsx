import { clsx } from 'clsx';
import { Pipette } from 'lucide-react';
import { useId } from 'react';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import type { Word } from '../form';
import { hintOf, labelOf } from '../words';

const LONGEST = 10_000;
const HEX = /#[0-9a-f]{6}\b/i;

interface WordFieldProps {
  operation: string;
  word: Word;
  value: string;
  required: boolean;
  /** One line, its name only told to who can't see the hint. */
  compact?: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A field in words: the main one stands tall, the others take a line. A new colour can be picked as well. */
export function WordField({ operation, word, value, required, compact = false, error, onChange }: WordFieldProps) {
  const id = useId();
  const label = labelOf(operation, word);
  const tall = word === 'prompt' && !compact;
  const coloured = word === 'prompt' && operation === 'search_recolor';
  return (
    <div>
      <div className={compact ? 'sr-only' : 'mb-1.5 flex min-h-6 items-center justify-between'}>
        <label htmlFor={id} className="text-second font-[550]">
          {required ? label : t('edit.optional', { name: label })}
        </label>
        {coloured && !compact && <ColourWell value={value} onChange={onChange} />}
      </div>
      <textarea
        id={id}
        rows={tall ? 2 : 1}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        placeholder={hintOf(operation, word) || (compact ? label : '')}
        maxLength={LONGEST}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={clsx(
          'scroll-quiet field-sizing-content block max-h-40 w-full resize-none rounded-control border bg-solid px-3 py-2.5 text-section leading-[22px] focus:outline-2 focus:-outline-offset-1 focus:outline-accent max-sm:text-[16px]',
          tall ? 'min-h-20 max-lg:min-h-12' : 'min-h-11',
          error ? 'border-danger' : 'border-line-strong',
        )}
      />
      {error && (
        <div className="scroll-quiet max-h-36 overflow-y-auto">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      )}
    </div>
  );
}

/** Puts a picked colour into the words, in the place of the one that was picked before. */
function ColourWell({ value, onChange }: Pick<WordFieldProps, 'value' | 'onChange'>) {
  const known = HEX.exec(value)?.[0];
  const put = (colour: string) => onChange(known ? value.replace(HEX, colour) : [value.trim(), colour].filter(Boolean).join(' '));
  return (
    <label className="relative flex h-7 items-center gap-1.5 rounded-chip bg-sunken px-2 text-caption font-[560] focus-within:outline-2 focus-within:outline-accent hover:bg-raised max-sm:h-11">
      <span aria-hidden className="size-3.5 rounded-full border border-line-strong" style={{ background: known ?? 'transparent' }} />
      <Pipette size={13} aria-hidden />
      {t('edit.colour')}
      <input
        type="color"
        aria-label={t('edit.colour')}
        value={known ?? '#0a7e8c'}
        onChange={({ target }) => put(target.value)}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </label>
  );
}
