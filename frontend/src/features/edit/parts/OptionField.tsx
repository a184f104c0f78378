import { Switch } from 'radix-ui';
import { useId } from 'react';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { Slider } from '~/components/ImageStudio/ui/Slider';
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

function Toggle({ name, on, onChange }: { name: string; on: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-center justify-between gap-3 max-sm:min-h-11">
      <label htmlFor={id} className="font-[560]">
        {name}
      </label>
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={onChange}
        className="h-6 w-10.5 shrink-0 rounded-full bg-line-strong p-0.5 transition duration-120 ease-studio data-[state=checked]:bg-accent-fill"
      >
        <Switch.Thumb className="block size-5 rounded-full bg-thumb shadow-[0_1px_3px_rgb(0_0_0/30%)] transition duration-120 ease-studio data-[state=checked]:translate-x-4.5" />
      </Switch.Root>
    </div>
  );
}
