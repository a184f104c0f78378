import { Slider as Radix } from 'radix-ui';

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  /** The value as it reads with its unit. */
  text?: string;
  onChange: (value: number) => void;
}

/** A number between two ends, its value at the right of its label. */
export function Slider({ label, value, min, max, text, onChange }: SliderProps) {
  return (
    <div>
      <div className="mb-1 flex justify-between text-second">
        <span className="text-muted">{label}</span>
        <span className="font-[620] tabular-nums">{text ?? value}</span>
      </div>
      <Radix.Root
        value={[value]}
        min={min}
        max={max}
        onValueChange={([chosen]) => chosen !== undefined && onChange(chosen)}
        className="relative flex h-8 touch-none items-center select-none max-sm:h-11"
      >
        <Radix.Track className="relative h-1 grow rounded-full bg-line">
          <Radix.Range className="absolute h-full rounded-full bg-ink" />
        </Radix.Track>
        <Radix.Thumb
          aria-label={label}
          {...(text !== undefined && { 'aria-valuetext': text })}
          className="block size-5 rounded-full border border-line-strong bg-thumb shadow-[0_1px_4px_rgb(0_0_0/25%)]"
        />
      </Radix.Root>
    </div>
  );
}
