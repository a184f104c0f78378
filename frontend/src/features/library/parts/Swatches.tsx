import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { swatchName } from '../choices';
import { SWATCH_KEYS, SWATCHES } from '../filter';

interface SwatchesProps {
  value: string | undefined;
  large?: boolean;
  onChange: (colour: string | undefined) => void;
}

/** Colours to look for; a second press looks for any again. */
export function Swatches({ value, large = false, onChange }: SwatchesProps) {
  return (
    <div role="group" aria-label={t('library.colour')} className={clsx('flex shrink-0 items-center', large ? 'gap-2' : 'px-0.5')}>
      {SWATCH_KEYS.map((key) => (
        <button
          key={key}
          type="button"
          aria-label={swatchName(key)}
          title={swatchName(key)}
          aria-pressed={key === value}
          onClick={() => onChange(key === value ? undefined : key)}
          className={clsx('flex items-center justify-center rounded-full', large ? 'size-11' : 'size-6.5')}
        >
          <span
            className={clsx('rounded-full border border-line', large ? 'size-8' : 'size-5', key === value && 'outline-2 outline-offset-2 outline-fg')}
            style={{ background: SWATCHES[key] }}
          />
        </button>
      ))}
    </div>
  );
}
