import { clsx } from 'clsx';
import type { ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { toggled } from '../form';

interface StylesProps {
  styles: NonNullable<ControlOperation['styles']>;
  chosen: readonly string[];
  onChange: (styles: readonly string[]) => void;
}

/** The styles that the engine knows by name. Several are mixed. */
export function Styles({ styles, chosen, onChange }: StylesProps) {
  return (
    <fieldset>
      <legend className="mb-2 flex w-full items-baseline justify-between gap-3">
        <span className="text-section font-[620]">{t('control.styles')}</span>
        <span className="text-second text-muted">{chosen.length > 1 ? t('control.mixed', { count: chosen.length }) : t('control.stylesNote')}</span>
      </legend>
      <div className="scroll-quiet -m-1 grid max-h-74 grid-cols-2 gap-1.5 overflow-y-auto p-1">
        {styles.map(({ name, looks }) => (
          <button
            key={name}
            type="button"
            aria-pressed={chosen.includes(name)}
            onClick={() => onChange(toggled(chosen, name))}
            className={clsx(
              'flex min-h-14 flex-col justify-center rounded-control border px-3 py-1.5 text-left transition duration-120 ease-studio',
              chosen.includes(name) ? 'border-ink bg-raised' : 'border-transparent bg-sunken hover:bg-raised',
            )}
          >
            <span className="font-[580] first-letter:uppercase">{name.replaceAll('-', ' ')}</span>
            <span className="line-clamp-2 text-rail text-muted">{looks}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
