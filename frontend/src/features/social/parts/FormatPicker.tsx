import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { ShapeGlyph } from '~/components/ImageStudio/ui/ShapeGlyph';
import { platformOf, toggled, type Place } from '../kit';
import { usePlatforms, useShelf } from '../queries';

interface FormatPickerProps {
  chosen: readonly string[];
  onChange: (keys: readonly string[]) => void;
  onClose: () => void;
}

/** Every network with its formats: one press chooses a format, or all of a network. */
export function FormatPicker({ chosen, onChange, onClose }: FormatPickerProps) {
  const { data: platforms, error, refetch } = usePlatforms();
  const [looked, setLooked] = useState(chosen[0] ? platformOf(chosen[0]) : undefined);
  const platform = looked ?? platforms?.[0]?.key;
  const count = (key: string) => chosen.filter((each) => platformOf(each) === key).length;
  return (
    <Dialog title={t('social.choose')} open onClose={onClose} wide>
      {error && <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />}
      <div className="flex min-h-80 overflow-hidden max-sm:flex-col sm:border-t sm:border-line">
        <div role="group" aria-label={t('social.networks')} className="scroll-quiet flex shrink-0 gap-1 overflow-auto p-2 max-sm:px-5 sm:w-54 sm:flex-col sm:border-r sm:border-line">
          {platforms?.map(({ key, name }) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === platform}
              onClick={() => setLooked(key)}
              className={clsx('flex h-9 shrink-0 items-center justify-between gap-3 rounded-chip px-3 text-left font-[550] whitespace-nowrap max-sm:h-11', key === platform ? 'bg-sunken' : 'hover:bg-sunken')}
            >
              {name}
              {count(key) > 0 && <span className="rounded-full bg-ink px-1.5 text-caption text-on-ink tabular-nums">{count(key)}</span>}
            </button>
          ))}
        </div>
        <div className="scroll-quiet min-w-0 flex-1 overflow-y-auto p-4 max-sm:px-5">{platform && <Formats key={platform} platform={platform} chosen={chosen} onChange={onChange} />}</div>
      </div>
      <div className="flex items-center justify-between gap-3 border-t border-line px-5 py-3">
        <p className="text-second text-muted">{t('social.sizes', { count: chosen.length })}</p>
        <Button look="ink" onClick={onClose}>
          {t('action.done')}
        </Button>
      </div>
    </Dialog>
  );
}

function Formats({ platform, chosen, onChange }: { platform: string } & Pick<FormatPickerProps, 'chosen' | 'onChange'>) {
  const { places, pending, error } = useShelf([platform]);
  if (error) return <ProblemBanner problem={error} />;
  if (pending) return <LoadingSkeleton className="h-60" />;
  const all = [...places.values()];
  const keys = all.map(({ key }) => key);
  return (
    <>
      <div className="mb-3 flex items-center justify-between">
        <h3 className="text-section font-[620]">{all[0]?.platformName}</h3>
        <Button small look="quiet" onClick={() => onChange(toggled(chosen, keys))}>
          {keys.every((key) => chosen.includes(key)) ? t('social.none') : t('social.all')}
        </Button>
      </div>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {all.map((place) => (
          <li key={place.key}>
            <FormatTile place={place} on={chosen.includes(place.key)} onPress={() => onChange(toggled(chosen, [place.key]))} />
          </li>
        ))}
      </ul>
    </>
  );
}

function FormatTile({ place, on, onPress }: { place: Place; on: boolean; onPress: () => void }) {
  const { name, width, height, ratio, shapeRatio, grade, legacy } = place;
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={clsx('flex w-full items-center gap-3 rounded-control border px-3 py-2.5 text-left transition duration-120 ease-studio', on ? 'border-ink bg-raised' : 'border-transparent bg-sunken hover:bg-raised')}
    >
      <span className="flex w-5 justify-center text-muted">
        <ShapeGlyph ratio={shapeRatio} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-[580]">{name}</span>
        <span className="block truncate text-caption text-muted tabular-nums">
          {t('size.pixels', { width, height })}, {ratio}
          {legacy && `, ${t('social.older')}`}
          {grade === 'E' && `, ${t('social.unconfirmed')}`}
        </span>
      </span>
      {on && <Check size={16} aria-hidden className="shrink-0 text-accent" />}
    </button>
  );
}
