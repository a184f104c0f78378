import { ChevronRight } from 'lucide-react';
import { t } from '~/app/i18n';
import { Field } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { Toggle } from '~/components/ImageStudio/ui/Toggle';
import type { Aim } from '../aim';
import { BACKGROUNDS, isLimit, isQuality, MODES, type SocialForm } from '../form';
import { Overlays } from './Overlays';

interface SettingsProps {
  form: SocialForm;
  /** What the first file will be called. */
  name: string | undefined;
  aim: Aim;
  zones: boolean;
  refusal: (field: string) => string | undefined;
  onChange: (part: Partial<SocialForm>) => void;
  onAim: (aim: Aim) => void;
  onZones: (on: boolean) => void;
}

/** How each shape is filled, what is shown over the previews, and what goes along with the files. */
export function Settings({ form, name, aim, zones, refusal, onChange, onAim, onZones }: SettingsProps) {
  const modes = { smart: t('social.smart'), center: t('social.center'), fit: t('social.fit'), extend: t('social.extend') };
  const notes = { smart: t('social.smartNote'), center: t('social.centerNote'), fit: t('social.fitNote'), extend: t('social.extendNote') };
  return (
    <>
      <div>
        <p className="mb-2 text-second text-muted">{t('social.fill')}</p>
        <Segmented label={t('social.fill')} value={aim.mode} options={MODES.map((value) => ({ value, text: modes[value] }))} onChange={(mode) => onAim({ ...aim, mode })} />
        <p className="mt-1.5 text-caption text-muted">{notes[aim.mode]}</p>
      </div>
      {aim.mode === 'fit' && <Background form={form} onChange={onChange} />}
      <Toggle name={t('social.zones')} note={t('social.zonesNote')} on={zones} onChange={onZones} />
      <Field
        name="alt"
        label={t('social.alt')}
        note={t('social.altNote')}
        placeholder={t('social.altHint')}
        value={form.alt}
        error={refusal('alt_text')}
        onChange={({ target }) => onChange({ alt: target.value })}
      />
      <Overlays form={form} refusal={refusal} onChange={onChange} />
      <details className="group">
        <summary className="flex h-9 list-none items-center gap-2 rounded-chip text-body max-sm:h-11">
          <ChevronRight size={16} aria-hidden className="transition duration-120 group-open:rotate-90" />
          <span className="font-[580]">{t('create.more')}</span>
          <span className="truncate text-second text-muted">{t('social.moreNote')}</span>
        </summary>
        <div className="flex flex-col gap-4 pt-3">
          <Field
            name="pattern"
            label={t('social.pattern')}
            note={form.pattern.trim() && name ? name : t('social.patternNote')}
            placeholder="{name}-{platform}-{format}"
            value={form.pattern}
            error={refusal('name_pattern')}
            onChange={({ target }) => onChange({ pattern: target.value })}
          />
          <div className="grid grid-cols-2 gap-3">
            <Field
              label={t('social.quality')}
              inputMode="numeric"
              placeholder={t('social.qualityHint')}
              value={form.quality}
              error={isQuality(form.quality) ? refusal('quality') : t('social.qualityWrong')}
              onChange={({ target }) => onChange({ quality: target.value })}
            />
            <Field
              label={t('social.limit')}
              inputMode="numeric"
              placeholder={t('social.limitHint')}
              value={form.limit}
              error={isLimit(form.limit) ? refusal('max_bytes') : t('social.limitWrong')}
              onChange={({ target }) => onChange({ limit: target.value })}
            />
          </div>
        </div>
      </details>
    </>
  );
}

function Background({ form, onChange }: Pick<SettingsProps, 'form' | 'onChange'>) {
  const names = { blur: t('social.blur'), mirror: t('social.mirror'), colour: t('social.colour'), transparent: t('social.transparent') };
  return (
    <div>
      <p className="mb-2 text-second text-muted">{t('social.background')}</p>
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <Segmented
            label={t('social.background')}
            value={form.background}
            options={BACKGROUNDS.map((value) => ({ value, text: names[value] }))}
            onChange={(background) => onChange({ background })}
          />
        </div>
        {form.background === 'colour' && (
          <input
            type="color"
            aria-label={t('social.pickColour')}
            value={form.colour}
            onChange={({ target }) => onChange({ colour: target.value })}
            className="size-9.5 shrink-0 cursor-pointer rounded-control border border-line-strong bg-solid p-1"
          />
        )}
      </div>
    </div>
  );
}
