import { clsx } from 'clsx';
import type { UpscaleBody } from '~/api/types';
import { t } from '~/app/i18n';
import { useQuote } from '~/features/costs/queries';
import { about, money } from '~/lib/format';
import { MODES, type Mode } from '../form';

interface ModesProps {
  value: Mode;
  /** What would be sent; each mode is priced with it. */
  body: UpscaleBody | null;
  onChange: (mode: Mode) => void;
}

/** How it should grow, each way with its price and its time for this very size. */
export function Modes({ value, body, onChange }: ModesProps) {
  return (
    <fieldset>
      <legend className="mb-2 text-section font-[620]">{t('upscale.how')}</legend>
      <div className="-mx-2.5 flex flex-col gap-0.5">
        {MODES.map((mode) => (
          <Row key={mode} mode={mode} body={body} chosen={mode === value} onChoose={() => onChange(mode)} />
        ))}
      </div>
    </fieldset>
  );
}

interface RowProps {
  mode: Mode;
  body: UpscaleBody | null;
  chosen: boolean;
  onChoose: () => void;
}

function Row({ mode, body, chosen, onChoose }: RowProps) {
  const { estimate, problem } = useQuote(body && { ...body, mode });
  const names = { auto: t('upscale.auto'), fast: t('upscale.fast'), conservative: t('upscale.conservative'), creative: t('upscale.creative') };
  const notes = {
    auto: t('upscale.autoNote'),
    fast: t('upscale.fastNote'),
    conservative: t('upscale.conservativeNote'),
    creative: t('upscale.creativeNote'),
  };
  // What is wrong with the size is said where the size is chosen.
  const absent = problem !== undefined && problem.fields.length === 0;
  return (
    <label
      className={clsx(
        'relative flex cursor-pointer items-start gap-3 rounded-control border px-2.5 py-2 transition duration-120 ease-studio has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        chosen ? 'border-ink bg-raised' : 'border-transparent hover:bg-sunken',
      )}
    >
      <input type="radio" name="mode" value={mode} checked={chosen} onChange={onChoose} className="absolute inset-0 cursor-pointer opacity-0" />
      <span className="min-w-0 flex-1">
        <span className={clsx('block font-[600]', absent && !chosen && 'text-muted')}>{names[mode]}</span>
        <span className="block text-second text-muted">{notes[mode]}</span>
      </span>
      <span className="shrink-0 pt-0.5 text-right text-second text-muted tabular-nums">
        {estimate && (
          <>
            <span className="block font-[560] text-fg">{money(estimate.total_cost, estimate.currency)}</span>
            {about(estimate.seconds)}
          </>
        )}
        {absent && t('upscale.notNow')}
      </span>
    </label>
  );
}
