import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '~/app/i18n';
import { FieldError, fieldSkin } from '~/components/ImageStudio/ui/Field';
import { withWords } from '../form';

interface WordsFieldProps {
  label: string;
  hint: string;
  words: readonly string[];
  error?: string | undefined;
  onChange: (words: readonly string[]) => void;
}

/** Words one by one: Enter or a comma puts what was typed beside the others, Backspace takes the last one back. */
export function WordsField({ label, hint, words, error, onChange }: WordsFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const take = (text: string) => {
    onChange(withWords(words, text));
    setTyped('');
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-second font-[550]">
        {label}
      </label>
      <div
        className={clsx(
          fieldSkin,
          'flex min-h-11 flex-wrap items-center gap-1.5 py-1.5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          words.length > 0 && 'pl-1.5',
          error ? 'border-danger' : 'border-line-strong',
        )}
      >
        {words.map((word) => (
          <Word key={word} word={word} onRemove={() => onChange(words.filter((each) => each !== word))} />
        ))}
        <input
          id={id}
          value={typed}
          placeholder={words.length > 0 ? undefined : hint}
          aria-invalid={error !== undefined}
          onChange={({ target }) => (/[,;]/.test(target.value) ? take(target.value) : setTyped(target.value))}
          onBlur={() => take(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.trim() !== '') {
              event.preventDefault();
              take(typed);
            }
            if (event.key === 'Backspace' && typed === '') onChange(words.slice(0, -1));
          }}
          className="h-8 min-w-24 flex-1 bg-transparent px-1.5 outline-none placeholder:text-muted"
        />
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

function Word({ word, onRemove }: { word: string; onRemove: () => void }) {
  return (
    <span className="flex h-8 max-w-full items-center rounded-chip bg-sunken pl-2.5 text-second font-[560] max-sm:h-9">
      <span className="truncate">{word}</span>
      <button
        type="button"
        aria-label={t('personas.removeWord', { word })}
        onClick={onRemove}
        className="flex size-8 shrink-0 items-center justify-center rounded-chip text-muted hover:text-fg max-sm:size-9"
      >
        <X size={14} aria-hidden />
      </button>
    </span>
  );
}
