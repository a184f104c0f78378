import { clsx } from 'clsx';
import { lazy, Suspense, useState } from 'react';
import { t } from '~/app/i18n';
import { fewWith, nameOf, pictureOf, STYLES, type Style } from '../styles';

const AllStyles = lazy(async () => ({ default: (await import('./AllStyles')).AllStyles }));

interface StylePickerProps {
  /** A style's name; empty where none is chosen. */
  value: string;
  onChange: (style: string) => void;
}

/** How it is to look, by example; a second press leaves it to the words again. */
export function StylePicker({ value, onChange }: StylePickerProps) {
  const [all, setAll] = useState(false);
  return (
    <div>
      <div className="mb-2 flex items-center justify-between text-second max-sm:mb-0">
        <span className="text-muted">{t('create.style')}</span>
        <button type="button" onClick={() => setAll(true)} className="font-[560] text-accent hover:underline max-sm:min-h-11">
          {t('create.styleAll', { total: STYLES.length })}
        </button>
      </div>
      <div role="group" aria-label={t('create.style')} className="grid grid-cols-3 gap-x-2.5 gap-y-2">
        {fewWith(value).map((style) => (
          <StyleSwatch key={style} style={style} on={style === value} onPress={() => onChange(style === value ? '' : style)} />
        ))}
      </div>
      <Suspense>{all && <AllStyles value={value} onChange={onChange} onClose={() => setAll(false)} />}</Suspense>
    </div>
  );
}

interface StyleSwatchProps {
  style: Style;
  on: boolean;
  onPress: () => void;
}

export function StyleSwatch({ style, on, onPress }: StyleSwatchProps) {
  return (
    <button type="button" aria-pressed={on} onClick={onPress} className="group min-w-0 rounded-control text-center text-second text-muted aria-pressed:font-[600] aria-pressed:text-fg">
      <img
        src={pictureOf(style)}
        alt=""
        width={208}
        height={112}
        loading="lazy"
        decoding="async"
        className={clsx('mb-1 aspect-13/7 w-full rounded-control bg-sunken object-cover transition duration-120 ease-studio group-hover:opacity-90', on && 'selected-ring')}
      />
      <span className="block truncate">{t(nameOf(style))}</span>
    </button>
  );
}
