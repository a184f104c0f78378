import { Slider } from 'radix-ui';

interface BrushSliderProps {
  label: string;
  hint: string;
  /** 0..100 */
  value: number;
  /** What it is in words. */
  text: string;
  onChange: (value: number) => void;
}

const thumb = 'block size-5 rounded-full border border-line-strong bg-thumb shadow-[0_1px_4px_rgb(0_0_0/25%)]';

/** A short slider in the strip of tools. */
export function BrushSlider({ label, hint, value, text, onChange }: BrushSliderProps) {
  return (
    <div className="flex h-9 items-center gap-2 px-1.5" title={`${hint}: ${text}`}>
      <span className="text-second text-muted max-xl:hidden">{label}</span>
      <Slider.Root
        value={[value]}
        min={0}
        max={100}
        onValueChange={([chosen]) => chosen !== undefined && onChange(chosen)}
        className="relative flex h-9 w-18 touch-none items-center select-none"
      >
        <Slider.Track className="relative h-1 grow rounded-full bg-line">
          <Slider.Range className="absolute h-full rounded-full bg-ink" />
        </Slider.Track>
        <Slider.Thumb aria-label={label} aria-valuetext={text} className={thumb} />
      </Slider.Root>
    </div>
  );
}

/** The same upright, beside a picture on a phone, with its value below. */
export function UprightSlider({ label, value, text, onChange }: Omit<BrushSliderProps, 'hint'>) {
  return (
    <div data-over className="over flex w-12 flex-col items-center gap-2 rounded-button py-3.5 shadow-panel">
      <Slider.Root
        orientation="vertical"
        value={[value]}
        min={0}
        max={100}
        onValueChange={([chosen]) => chosen !== undefined && onChange(chosen)}
        className="relative flex h-32 w-11 touch-none flex-col items-center select-none"
      >
        <Slider.Track className="relative w-1 grow rounded-full bg-line">
          <Slider.Range className="absolute w-full rounded-full bg-ink" />
        </Slider.Track>
        <Slider.Thumb aria-label={label} aria-valuetext={text} className={thumb} />
      </Slider.Root>
      <span aria-hidden className="text-second font-[600] tabular-nums">
        {text}
      </span>
    </div>
  );
}
