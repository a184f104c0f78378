import { t } from '~/app/i18n';
import { Field, FieldError } from '~/components/ImageStudio/ui/Field';
import { Button } from '~/components/ImageStudio/ui/Button';
import type { Extent } from '~/features/picture/view';
import { extended, MOST_EXPANSION, sideOf, SIDES, toShape, type Sides } from '../form';

const SHAPES = ['1:1', '4:5', '9:16', '16:9'] as const;

interface SideFieldsProps {
  sides: Sides;
  /** Of the picture as it is. */
  size: Extent;
  error: (name: string) => string | undefined;
  onChange: (sides: Sides) => void;
}

/** How many pixels are added at each side, in numbers; or the shape that the picture gets. */
export function SideFields({ sides, size, error, onChange }: SideFieldsProps) {
  const { width, height } = extended(size, sides);
  const problem = SIDES.map((side) => error(`expand_${side}`)).find(Boolean);
  return (
    <div className="flex flex-col gap-3.5">
      <div className="grid grid-cols-2 gap-2.5">
        {SIDES.map((side) => (
          <Field
            key={side}
            label={t(`edit.side.${side}`)}
            type="number"
            inputMode="numeric"
            min={0}
            max={MOST_EXPANSION}
            value={sides[side]}
            onChange={({ target }) => onChange({ ...sides, [side]: sideOf(target.valueAsNumber) })}
          />
        ))}
      </div>
      {problem && <FieldError id="sides-error">{problem}</FieldError>}
      <div>
        <p className="mb-2 text-second text-muted">{t('edit.shape')}</p>
        <div className="flex flex-wrap gap-1.5">
          {SHAPES.map((shape) => (
            <Button key={shape} small onClick={() => onChange(toShape(size, shape))}>
              {shape}
            </Button>
          ))}
        </div>
      </div>
      <p className="flex justify-between text-second">
        <span className="text-muted">{t('edit.frameSize')}</span>
        <span className="font-[620] tabular-nums">{t('size.pixels', { width, height })}</span>
      </p>
    </div>
  );
}
