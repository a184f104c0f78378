import { clsx } from 'clsx';
import type { ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { toggled } from '../form';
import { pictureOf } from '../styles';

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
      <div className="scroll-quiet -m-1 grid max-h-96 grid-cols-2 gap-x-2.5 gap-y-3 overflow-y-auto p-1">
        {styles.map(({ name, looks }) => (
          <Choice key={name} name={name} looks={looks} chosen={chosen.includes(name)} onPress={() => onChange(toggled(chosen, name))} />
        ))}
      </div>
    </fieldset>
  );
}

function Choice({ name, looks, chosen, onPress }: { name: string; looks: string; chosen: boolean; onPress: () => void }) {
  const src = pictureOf(name);
  return (
    <button type="button" aria-pressed={chosen} title={looks} onClick={onPress} className="group rounded-control text-left">
      <span className={clsx('block aspect-2/1 overflow-hidden rounded-control bg-sunken transition duration-120 ease-studio', chosen ? 'selected-ring' : 'group-hover:opacity-90')}>
        {src ? (
          <img src={src} alt="" width={256} height={128} loading="lazy" decoding="async" className="size-full object-cover" />
        ) : (
          <span className="flex size-full items-center px-3 text-rail text-muted">{looks}</span>
        )}
      </span>
      <span className={clsx('mt-1.5 block truncate text-second first-letter:uppercase', chosen ? 'font-[620]' : 'text-muted')}>{name.replaceAll('-', ' ')}</span>
      <span className="sr-only">{src && looks}</span>
    </button>
  );
}
