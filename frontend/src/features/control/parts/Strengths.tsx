import type { ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { STRENGTHS, strengthOf, type ControlForm } from '../form';

interface StrengthsProps {
  row: ControlOperation;
  form: ControlForm;
  onChange: (part: Partial<ControlForm>) => void;
}

/** How closely what is followed: the strengths that the operation uses, 0 to 100 %. */
export function Strengths({ row, form, onChange }: StrengthsProps) {
  const names = {
    control_strength: t('control.control_strength'),
    fidelity: t('control.fidelity'),
    style_strength: t('control.style_strength'),
    composition_fidelity: t('control.composition_fidelity'),
    change_strength: t('control.change_strength'),
  };
  return STRENGTHS.filter((name) => row.fields[name]).map((name) => {
    const percent = Math.round(strengthOf(form, name) * 100);
    return (
      <Slider
        key={name}
        label={names[name]}
        value={percent}
        min={0}
        max={100}
        text={t('results.percent', { percent })}
        onChange={(value) => onChange({ strengths: { ...form.strengths, [name]: value / 100 } })}
      />
    );
  });
}
