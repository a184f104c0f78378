import { Plus, X } from 'lucide-react';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { MOST_COLOURS } from '../form';

interface PaletteFieldProps {
  colours: readonly string[];
  /** The colour that a new one begins with. */
  fresh: string;
  error?: string | undefined;
  onChange: (colours: readonly string[]) => void;
}

/** Up to six colours, each picked with the system's own picker. */
export function PaletteField({ colours, fresh, error, onChange }: PaletteFieldProps) {
  const set = (index: number, colour: string) => onChange(colours.map((each, at) => (at === index ? colour : each)));
  return (
    <fieldset>
      <legend className="mb-1.5 text-second font-[550]">{t('personas.palette')}</legend>
      <div className="flex flex-wrap gap-2.5">
        {colours.map((colour, index) => (
          <span key={index} className="relative flex w-15.5 flex-col items-center gap-1">
            <input
              type="color"
              value={colour}
              aria-label={t('personas.colour', { number: index + 1 })}
              onChange={({ target }) => set(index, target.value)}
              className="h-11 w-full cursor-pointer appearance-none overflow-hidden rounded-control border border-line-strong [&::-webkit-color-swatch]:border-0 [&::-webkit-color-swatch-wrapper]:p-0"
            />
            <span className="text-caption text-muted tabular-nums">{colour}</span>
            <button
              type="button"
              aria-label={t('personas.removeColour', { number: index + 1 })}
              onClick={() => onChange(colours.filter((_, at) => at !== index))}
              className="over absolute -top-1.5 -right-1.5 flex size-6 items-center justify-center rounded-full hover:bg-raised max-sm:size-8"
            >
              <X size={13} aria-hidden />
            </button>
          </span>
        ))}
        {colours.length < MOST_COLOURS && (
          <button
            type="button"
            aria-label={t('personas.addColour')}
            title={t('personas.addColour')}
            onClick={() => onChange([...colours, fresh])}
            className="flex h-11 w-15.5 items-center justify-center rounded-control border border-dashed border-line-strong text-muted hover:bg-sunken hover:text-fg"
          >
            <Plus size={18} aria-hidden />
          </button>
        )}
      </div>
      {error && <FieldError id="palette-error">{error}</FieldError>}
    </fieldset>
  );
}
