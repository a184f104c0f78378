import { Switch } from 'radix-ui';
import { useId } from 'react';

interface ToggleProps {
  name: string;
  note?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** Something that is on or off, with what it means below its name. */
export function Toggle({ name, note, on, onChange }: ToggleProps) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-center justify-between gap-3 max-sm:min-h-11">
      <span className="min-w-0">
        <label htmlFor={id} className="block font-[560]">
          {name}
        </label>
        {note && <span className="block text-second text-muted">{note}</span>}
      </span>
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
