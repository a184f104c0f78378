import { ChevronRight } from 'lucide-react';
import { t } from '~/app/i18n';
import { Field } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { PictureField } from '~/features/picture/parts/PictureField';
import { CORNERS, SEATS, type SocialForm } from '../form';

interface OverlaysProps {
  form: SocialForm;
  refusal: (field: string) => string | undefined;
  onChange: (part: Partial<SocialForm>) => void;
}

const ANY = 'any';

/** A logo and words on top of every file, laid out anew for each shape. */
export function Overlays({ form, refusal, onChange }: OverlaysProps) {
  const corners = {
    'top-left': { text: '↖', label: t('social.topLeft') },
    'top-right': { text: '↗', label: t('social.topRight') },
    'bottom-left': { text: '↙', label: t('social.bottomLeft') },
    'bottom-right': { text: '↘', label: t('social.bottomRight') },
  };
  const seats = { top: t('social.top'), middle: t('social.seatMiddle'), bottom: t('social.bottom') };
  const worded = form.headline.trim() !== '' || form.price.trim() !== '';
  return (
    <details className="group" open={form.logo !== undefined || worded}>
      <summary className="flex h-9 list-none items-center gap-2 rounded-chip text-body max-sm:h-11">
        <ChevronRight size={16} aria-hidden className="transition duration-120 group-open:rotate-90" />
        <span className="font-[580]">{t('social.onTop')}</span>
        <span className="truncate text-second text-muted">{t('social.onTopNote')}</span>
      </summary>
      <div className="flex flex-col gap-4 pt-3">
        <PictureField label={t('social.logo')} note={t('social.logoNote')} value={form.logo} error={refusal('logo') ?? refusal('logo/image_asset_id')} onChange={(logo) => onChange({ logo })} />
        {form.logo !== undefined && (
          <>
            <Segmented
              label={t('social.corner')}
              value={form.corner ?? ANY}
              options={[{ value: ANY, text: t('social.calmest') }, ...CORNERS.map((value) => ({ value, ...corners[value] }))]}
              onChange={(corner) => onChange({ corner: CORNERS.find((each) => each === corner) })}
            />
            <Slider label={t('social.share')} value={form.share} min={4} max={50} text={t('view.percent', { percent: form.share })} onChange={(share) => onChange({ share })} />
          </>
        )}
        <div className="grid grid-cols-[1fr_92px] gap-3">
          <Field label={t('social.headline')} placeholder={t('social.headlineHint')} maxLength={140} value={form.headline} error={refusal('text') ?? refusal('text/words')} onChange={({ target }) => onChange({ headline: target.value })} />
          <Field label={t('social.price')} placeholder="€ 49" maxLength={16} value={form.price} error={refusal('text/price')} onChange={({ target }) => onChange({ price: target.value })} />
        </div>
        {worded && (
          <Segmented
            label={t('social.seat')}
            value={form.seat ?? ANY}
            options={[{ value: ANY, text: t('social.freest') }, ...SEATS.map((value) => ({ value, text: seats[value] }))]}
            onChange={(seat) => onChange({ seat: SEATS.find((each) => each === seat) })}
          />
        )}
        <p className="text-caption text-muted">{t('social.overlayNote')}</p>
      </div>
    </details>
  );
}
