import { ChevronsUpDown, Cloud, Cpu } from 'lucide-react';
import { useState } from 'react';
import type { Estimate } from '~/api/types';
import { t } from '~/app/i18n';
import { useProviders } from '~/features/templates/queries';
import { about, money } from '~/lib/format';
import { Menu, MenuChoices } from './ui/Menu';

interface EnginePickerProps {
  value: string;
  estimate: Estimate | undefined;
  onChange: (engine: string) => void;
}

/** Which engine works, and why that one: the server's choice and its reason stand on the button. */
export function EnginePicker({ value, estimate, onChange }: EnginePickerProps) {
  const { data: providers } = useProviders();
  const [why, setWhy] = useState(false);
  const serving = estimate?.provider ?? value;
  const name = providers?.[serving]?.name ?? (serving === 'auto' ? t('engine.auto') : serving);
  const offered = Object.entries(providers ?? {}).filter(([key]) => key !== 'auto');
  const here = providers?.[serving]?.offers?.some(({ local }) => local) ?? serving === 'local';
  const Icon = here ? Cpu : Cloud;
  return (
    <div>
      <div className="mb-2 flex items-center justify-between text-second max-sm:mb-0">
        <span className="text-muted">{t('create.engine')}</span>
        {estimate && (
          <button type="button" aria-expanded={why} onClick={() => setWhy(!why)} className="font-[560] text-accent hover:underline max-sm:min-h-11">
            {t('engine.why')}
          </button>
        )}
      </div>
      <Menu
        fitted
        trigger={
          <button
            type="button"
            className="quiet-control flex w-full items-center gap-3 rounded-control p-2.5 text-left transition duration-120 ease-studio hover:bg-raised"
          >
            <span className="flex size-9 shrink-0 items-center justify-center rounded-chip bg-ok-soft text-ok">
              <Icon size={18} aria-hidden />
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-[600]">{name}</span>
              <span className="line-clamp-1 text-caption text-muted">{reasonOf(value, estimate)}</span>
            </span>
            <ChevronsUpDown size={16} aria-hidden className="shrink-0 text-muted" />
          </button>
        }
      >
        <MenuChoices
          value={value}
          onChange={onChange}
          options={[
            { value: 'auto', text: t('engine.auto'), note: t('engine.autoNote') },
            ...offered.map(([key, provider]) => ({
              value: key,
              text: provider.name,
              note: provider.available ? (provider.cost_range ?? undefined) : (provider.reason ?? t('engine.unavailable')),
              disabled: !provider.available,
            })),
          ]}
        />
      </Menu>
      {why && estimate && <Ranking estimate={estimate} first={name} />}
    </div>
  );
}

function reasonOf(value: string, estimate: Estimate | undefined): string {
  if (estimate?.reason) return estimate.reason;
  return value === 'auto' ? t('engine.autoNote') : t('engine.yourChoice');
}

/** The engines in the order in which they would be asked, each with its reason, its price and its time. */
function Ranking({ estimate, first }: { estimate: Estimate; first: string }) {
  const rows = [
    { label: first, price: money(estimate.total_cost, estimate.currency), seconds: estimate.seconds, reason: estimate.reason },
    ...estimate.alternatives.map(({ label, credits, seconds, reason }) => ({ label, price: t('engine.credits', { credits }), seconds, reason })),
  ];
  return (
    <ol aria-label={t('engine.ranking')} className="mt-2 flex animate-appear flex-col gap-2 rounded-control bg-sunken px-3 py-2.5 text-second">
      {rows.map(({ label, price, seconds, reason }, place) => (
        <li key={label + reason} className="flex gap-2.5">
          <span aria-hidden className="w-3 shrink-0 font-[620] tabular-nums">
            {place + 1}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block font-[560]">{label}</span>
            <span className="block text-caption text-muted">{reason}</span>
          </span>
          <span className="shrink-0 text-right tabular-nums">
            {price}
            <span className="block text-caption text-muted">{about(seconds)}</span>
          </span>
        </li>
      ))}
      {rows.length === 1 && <li className="text-caption text-muted">{t('engine.onlyOne')}</li>}
    </ol>
  );
}
