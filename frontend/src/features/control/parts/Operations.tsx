import { clsx } from 'clsx';
import { Boxes, CircleSlash2, Paintbrush, Palette, PenLine, type LucideIcon } from 'lucide-react';
import type { ControlOperation } from '~/api/types';
import { maybe, t } from '~/app/i18n';

const ICONS: Record<string, LucideIcon> = { sketch: PenLine, structure: Boxes, style: Palette };

interface OperationsProps {
  operations: Record<string, ControlOperation>;
  value: string;
  onChange: (operation: string) => void;
}

/** What of a picture is followed. What can't be done now stays in sight and says why. */
export function Operations({ operations, value, onChange }: OperationsProps) {
  const chosen = operations[value];
  return (
    <fieldset>
      <legend className="mb-2 text-section font-[620]">{t('control.what')}</legend>
      <div className="grid grid-cols-2 gap-1.5">
        {Object.entries(operations).map(([key, row]) => (
          <Choice key={key} name={key} row={row} chosen={key === value} onChoose={() => onChange(key)} />
        ))}
      </div>
      {chosen && <p className="mt-2.5 text-second text-muted">{maybe(`control.note.${value}`) ?? chosen.description}</p>}
      {chosen && !chosen.available && (
        <div role="status" className="mt-2.5 rounded-control bg-warn-soft px-3.5 py-3 text-second">
          <p className="font-[600] text-warn">{t('control.unavailable')}</p>
          <p>{chosen.reason}</p>
        </div>
      )}
    </fieldset>
  );
}

function Choice({ name, row, chosen, onChoose }: { name: string; row: ControlOperation; chosen: boolean; onChoose: () => void }) {
  const Icon = ICONS[name] ?? Paintbrush;
  return (
    <label
      className={clsx(
        'relative flex min-h-12 cursor-pointer items-center gap-2.5 rounded-control border px-3 py-1.5 text-second leading-4 font-[570] transition duration-120 ease-studio has-focus-visible:outline-2 has-focus-visible:outline-accent',
        chosen ? 'border-ink bg-raised' : 'border-transparent bg-sunken hover:bg-raised',
        !row.available && 'text-muted',
      )}
    >
      <input type="radio" name="operation" value={name} checked={chosen} onChange={onChoose} className="absolute inset-0 cursor-pointer opacity-0" />
      <Icon size={17} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">{maybe(`control.label.${name}`) ?? row.label}</span>
      {!row.available && <CircleSlash2 size={15} role="img" aria-label={t('control.notNow')} className="shrink-0" />}
    </label>
  );
}
