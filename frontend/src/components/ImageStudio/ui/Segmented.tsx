import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  /** `label` where the text is only a sign. */
  options: readonly { value: Value; text: string; label?: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
}

/** One of a few, all of them seen. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(chosen) => chosen && onChange(chosen as Value)}
      className="flex rounded-control bg-sunken p-[3px]"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.label}
          title={option.label}
          className="flex h-8 flex-auto items-center justify-center gap-1.5 rounded-[9px] px-1.5 text-second text-muted transition duration-120 ease-studio hover:text-fg data-[state=on]:bg-segment data-[state=on]:font-[580] data-[state=on]:text-fg data-[state=on]:shadow-[0_1px_4px_rgb(0_0_0/14%)] max-sm:h-11"
        >
          {option.icon && <span className="lg:max-xl:hidden">{option.icon}</span>}
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
