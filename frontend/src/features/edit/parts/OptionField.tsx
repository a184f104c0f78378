import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { Toggle } from '~/components/ImageStudio/ui/Toggle';
import type { Option, OptionValue } from '../options';
import { optionName, valueName } from '../words';

interface OptionFieldProps {
  option: Option;
  /** Undefined: as the operation has it by itself. */
  value: OptionValue | undefined;
  error: string | undefined;
  onChange: (value: OptionValue) => void;
}

const PERCENT = 100;
const UNSAID = 'unsaid';

/** The control that a setting's schema describes. */
export function OptionField({ option, value, error, onChange }: OptionFieldProps) {
  return (
    <div>
      <Control option={option} value={value} onChange={onChange} />
      {error && <FieldError id={`option-${option.name}-error`}>{error}</FieldError>}
    </div>
  );
}

function Control({ option, value, onChange }: Omit<OptionFieldProps, 'error'>) {
  const name = optionName(option);
  switch (option.kind) {
    case 'number': {
      const [scale, unit] = option.whole ? [1, 'edit.pixels' as const] : [PERCENT, 'view.percent' as const];
      const now = typeof value === 'number' ? value : option.fallback;
      const said = Math.round(now * scale);
      return (
        <Slider
          label={name}
          value={said}
          min={Math.round(option.low * scale)}
          max={Math.round(option.high * scale)}
          text={option.whole ? t(unit, { count: said }) : t(unit, { percent: said })}
          onChange={(chosen) => onChange(chosen / scale)}
        />
      );
    }
    case 'switch':
      return <Toggle name={name} on={typeof value === 'boolean' ? value : option.fallback} onChange={onChange} />;
    case 'choice': {
      const values = option.values.map((each) => ({ value: each, text: valueName(each) }));
      return (
        <div>
          <p className="mb-2 text-second text-muted">{name}</p>
          <Segmented
            label={name}
            value={typeof value === 'string' ? value : (option.fallback ?? UNSAID)}
            options={option.optional ? [{ value: UNSAID, text: t('edit.valueNone') }, ...values] : values}
            onChange={(chosen) => onChange(chosen === UNSAID ? null : chosen)}
          />
        </div>
      );
    }
  }
}
