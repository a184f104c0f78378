import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { Field } from '~/components/ImageStudio/ui/Field';
import { useQuote } from '~/features/costs/queries';
import { bodyOf, isSide, SIZES, sizeOf, type Extent, type Size, type UpscaleForm } from '../form';

interface SizesProps {
  form: UpscaleForm;
  picture: Extent & { id: string };
  /** What the server says against the size, by field. */
  refusal: (field: string) => string | undefined;
  onChange: (part: Partial<UpscaleForm>) => void;
}

/** How large: by a factor, by what it is for, or by a side of one's own. */
export function Sizes({ form, picture, refusal, onChange }: SizesProps) {
  const why = refusal('preset') ?? (form.size === 'own' ? undefined : (refusal('target_width') ?? refusal('target_height')));
  const sides = [
    { side: 'width', label: t('upscale.width'), field: 'target_width' },
    { side: 'height', label: t('upscale.height'), field: 'target_height' },
  ] as const;
  return (
    <fieldset>
      <legend className="mb-2 text-section font-[620]">{t('upscale.size')}</legend>
      <div className="grid grid-cols-3 gap-1.5">
        {SIZES.map((size) => (
          <Choice key={size} size={size} picture={picture} chosen={size === form.size} onChoose={() => onChange({ size })} />
        ))}
      </div>
      {form.size === 'own' && (
        <div className="mt-3 grid grid-cols-2 items-start gap-2.5">
          {sides.map(({ side, label, field }) => (
            <Field
              key={side}
              label={label}
              inputMode="numeric"
              unit={t('upscale.px')}
              placeholder={t('upscale.sideHint')}
              value={form[side]}
              error={isSide(form[side]) ? refusal(field) : t('upscale.sideWrong')}
              onChange={({ target }) => onChange({ [side]: target.value })}
            />
          ))}
        </div>
      )}
      {why && (
        <p role="alert" className="mt-2 rounded-chip bg-warn-soft px-3 py-2 text-second text-warn first-letter:uppercase">
          {why}
        </p>
      )}
    </fieldset>
  );
}

function Choice({ size, picture, chosen, onChoose }: { size: Size; picture: SizesProps['picture']; chosen: boolean; onChoose: () => void }) {
  const { estimate } = useQuote(size === 'own' ? null : bodyOf({ mode: 'auto', size, width: '', height: '', format: 'png' }, picture));
  const names: Record<Size, string> = {
    double: t('upscale.double'),
    usual: t('upscale.usual'),
    web: t('upscale.web'),
    print: t('upscale.print'),
    social: t('upscale.social'),
    own: t('upscale.own'),
  };
  const large = sizeOf(estimate);
  return (
    <label
      className={clsx(
        'relative flex h-14 cursor-pointer flex-col items-center justify-center rounded-control text-center transition duration-120 ease-studio has-focus-visible:outline-2 has-focus-visible:outline-accent',
        chosen ? 'border border-ink bg-raised' : 'border border-transparent bg-sunken hover:bg-raised',
      )}
    >
      <input type="radio" name="size" value={size} checked={chosen} onChange={onChoose} className="absolute inset-0 cursor-pointer opacity-0" />
      <span className="font-[580]">{names[size]}</span>
      <span className="text-caption text-muted tabular-nums">{size === 'own' ? t('upscale.ownNote') : large ? t('size.pixels', { ...large }) : '–'}</span>
    </label>
  );
}
