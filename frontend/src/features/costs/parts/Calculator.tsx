import { Calculator as Sign, ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import { useProviders } from '~/features/templates/queries';
import { about, money } from '~/lib/format';
import { useOutline } from '../outline';

const COUNTS = ['1', '4', '12', '50', '100'];
const WORKS = ['draft', 'standard', 'premium', 'remove_background', 'erase'] as const;
type Work = (typeof WORKS)[number];

/** What something would cost, asked in a sentence. */
export function Calculator() {
  const [count, setCount] = useState('12');
  const [work, setWork] = useState<Work>('standard');
  const [engine, setEngine] = useState('auto');
  const { data: providers } = useProviders();
  const { estimate, problem } = useOutline({ count: Number(count), work, engine });
  const engines = [{ value: 'auto', text: t('engine.auto') }, ...Object.entries(providers ?? {}).map(([value, { name }]) => ({ value, text: name }))];
  return (
    <section aria-label={t('costs.calculator')} className="flex flex-wrap items-center gap-x-2.5 gap-y-2 text-section">
      <Sign size={18} aria-hidden className="mr-1 text-muted" />
      {t('costs.making')}
      <Pick label={t('costs.howMany')} value={count} options={COUNTS.map((value) => ({ value, text: value }))} onChange={setCount} />
      <Pick
        label={t('costs.work')}
        value={work}
        options={WORKS.map((value) => ({ value, text: t(`costs.make.${value}`) }))}
        onChange={(value) => setWork(value as Work)}
      />
      {t('costs.with')}
      <Pick label={t('create.engine')} value={engine} options={engines} onChange={setEngine} />
      <span aria-live="polite">
        {problem && <span className="text-muted">{t('costs.cannot', { reason: titleOf(problem) })}</span>}
        {estimate && (
          <>
            {t(estimate.total_cost > 0 ? 'costs.costs' : 'costs.is')} <b className="font-[620] tabular-nums">{estimate.total_cost > 0 ? money(estimate.total_cost, estimate.currency) : t('costs.isFree')}</b> {t('costs.takes', { time: about(estimate.seconds) })}
          </>
        )}
      </span>
    </section>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly { value: string; text: string }[];
  onChange: (value: string) => void;
}

function Pick({ label, value, options, onChange }: PickProps): ReactNode {
  const text = options.find((each) => each.value === value)?.text ?? value;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" aria-label={`${label}: ${text}`} className="flex h-8.5 items-center gap-1.5 rounded-chip bg-sunken px-3 text-second font-[600] hover:bg-raised max-sm:h-11">
          {text}
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <MenuChoices value={value} options={options} onChange={onChange} />
    </Menu>
  );
}
