import { useId } from 'react';
import { t } from '~/app/i18n';
import { Field, fieldSkin } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { aimOf, aimsOf, isLimit, LEAST_LIMIT, MOST_LIMIT, needsGround, TYPES, type FileKind, type SaveForm, type Type } from '../form';

interface SaveAsFormProps {
  form: SaveForm;
  /** The type that the picture has. */
  own: FileKind;
  busy: boolean;
  onChange: (part: Partial<SaveForm>) => void;
}

const AIM_NAMES = { same: 'saveAs.same', limit: 'saveAs.limit', quality: 'saveAs.quality' } as const;
const NOTES = {
  auto: 'saveAs.note.auto',
  jpg: 'saveAs.note.jpg',
  png: 'saveAs.note.png',
  webp: 'saveAs.note.webp',
  avif: 'saveAs.note.avif',
  gif: 'saveAs.note.gif',
} as const;

/** The type of the file, and how small it is to be. */
export function SaveAsForm({ form, own, busy, onChange }: SaveAsFormProps) {
  const id = useId();
  const aim = aimOf(form, own);
  const wrong = form.limit !== '' && !isLimit(form.limit);
  return (
    <fieldset disabled={busy} className="flex min-w-0 flex-col gap-4 disabled:opacity-60">
      <div>
        <label htmlFor={id} className="mb-1.5 block text-second font-[550]">
          {t('saveAs.type')}
        </label>
        <select
          id={id}
          value={form.type}
          onChange={({ target }) => onChange({ type: target.value as Type })}
          aria-describedby={`${id}-note`}
          className={`${fieldSkin} h-11 border-line-strong`}
        >
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {type === 'keep' ? t('saveAs.keep', { type: own.toUpperCase() }) : type === 'auto' ? t('saveAs.auto') : type === 'jpg' ? 'JPEG' : type === 'webp' ? 'WebP' : type.toUpperCase()}
            </option>
          ))}
        </select>
        <p id={`${id}-note`} className="mt-1.5 text-caption text-muted">
          {t(NOTES[form.type === 'keep' ? own : form.type])}
        </p>
      </div>
      <div>
        <p className="mb-1.5 text-second font-[550]">{t('saveAs.aim')}</p>
        <Segmented label={t('saveAs.aim')} value={aim} options={aimsOf(form.type, own).map((value) => ({ value, text: t(AIM_NAMES[value]) }))} onChange={(chosen) => onChange({ aim: chosen })} />
        {aim === 'same' && <p className="mt-1.5 text-caption text-muted">{t('saveAs.sameNote')}</p>}
      </div>
      {aim === 'limit' && (
        <Field
          label={t('saveAs.most')}
          unit="kB"
          inputMode="numeric"
          value={form.limit}
          placeholder="200"
          note={t('saveAs.limitNote')}
          error={wrong ? t('saveAs.limitWrong', { least: LEAST_LIMIT, most: MOST_LIMIT }) : undefined}
          onChange={({ target }) => onChange({ limit: target.value })}
        />
      )}
      {aim === 'quality' && <Slider label={t('saveAs.quality')} value={form.quality} min={1} max={100} onChange={(quality) => onChange({ quality })} />}
      {needsGround(form, own) && (
        <label className="flex items-center gap-3 text-second">
          <input
            type="color"
            value={form.background}
            onChange={({ target }) => onChange({ background: target.value })}
            className="h-9 w-12 cursor-pointer rounded-chip border border-line-strong bg-solid p-1 max-sm:h-11"
          />
          {t('saveAs.ground')}
        </label>
      )}
    </fieldset>
  );
}
