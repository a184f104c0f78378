import { clsx } from 'clsx';
import { WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { LONGEST_PROMPT } from '../form';
import type { Insertion } from '../improvement';

export interface PromptBoxProps {
  value: string;
  error: string | undefined;
  /** What could be said besides; shown where it would stand. */
  insertion: Insertion | null;
  onChange: (value: string) => void;
  /** Nothing is to be added to these words. */
  onKeep: () => void;
}

// The insertion lies on a sheet behind the field: both must break their lines at the same places.
const sheet = '[grid-area:1/1] block w-full px-3.5 py-3 text-section leading-[22px] wrap-break-word whitespace-pre-wrap max-sm:text-[16px]';

/** Where a picture begins, with what could be said besides as an insertion that is taken or left. */
export function PromptBox({ value, error, insertion, onChange, onKeep }: PromptBoxProps) {
  return (
    <div>
      <div
        className={clsx(
          'rounded-[14px] border bg-solid focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          error ? 'border-danger' : 'border-line-strong',
        )}
      >
        <div className="scroll-quiet max-h-52 overflow-y-auto max-lg:max-h-32">
          <div className={clsx('grid', insertion ? 'min-h-17' : 'min-h-29 max-lg:min-h-17')}>
            <div aria-hidden className={clsx(sheet, 'text-transparent')}>
              {insertion ? value.trimEnd() : value}
              {insertion && <span className="rounded-[5px] bg-ok-soft box-decoration-clone py-0.5 text-ok">{insertion.text}</span>}
              {'\u200b'}
            </div>
            <textarea
              aria-label={t('create.prompt')}
              aria-invalid={error !== undefined}
              aria-describedby={error ? 'prompt-error' : undefined}
              placeholder={t('create.promptHint')}
              maxLength={LONGEST_PROMPT}
              value={value}
              onChange={({ target }) => onChange(target.value)}
              className={clsx(sheet, 'h-full resize-none overflow-hidden bg-transparent outline-none')}
            />
          </div>
        </div>
        {insertion && <Offer insertion={insertion} onUse={() => onChange(insertion.prompt)} onKeep={onKeep} />}
      </div>
      <p aria-live="polite" className="sr-only">
        {insertion && t('improve.told', { details: insertion.additions.map(({ text }) => text).join(', ') })}
      </p>
      {error && <FieldError id="prompt-error">{error}</FieldError>}
    </div>
  );
}

interface OfferProps {
  insertion: Insertion;
  onUse: () => void;
  onKeep: () => void;
}

function Offer({ insertion: { additions }, onUse, onKeep }: OfferProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="animate-appear pb-2.5 pl-3">
      <div className="flex items-center gap-1 pr-2">
        <button
          type="button"
          aria-expanded={open}
          title={t('improve.why')}
          onClick={() => setOpen(!open)}
          className="mr-auto flex h-8 min-w-0 items-center gap-1.5 rounded-chip px-0.5 text-second font-[580] text-ok hover:underline max-sm:h-11"
        >
          <WandSparkles size={15} aria-hidden className="shrink-0" />
          <span className="truncate">{t('improve.suggested', { count: additions.length })}</span>
        </button>
        <Button look="quiet" small onClick={onKeep} className="px-2.25">
          {t('improve.keep')}
        </Button>
        <Button look="ink" small onClick={onUse} className="px-2.25">
          {t('improve.use')}
        </Button>
      </div>
      {open && (
        <dl className="mt-2 flex flex-col gap-1.5 pr-3 text-second">
          {additions.map(({ text, reason }) => (
            <div key={text}>
              <dt className="font-[560]">{text}</dt>
              <dd className="text-caption text-muted">{reason}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
