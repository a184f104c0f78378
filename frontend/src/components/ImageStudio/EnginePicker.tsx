import { ChevronsUpDown, Cpu } from 'lucide-react';
import type { Estimate } from '~/api/types';
import { t } from '~/app/i18n';
import { Menu, MenuChoices } from './ui/Menu';
import { useProviders } from '~/features/templates/queries';

interface EnginePickerProps {
  value: string;
  estimate: Estimate | undefined;
  onChange: (engine: string) => void;
}

/** Which engine works, and why that one: the server's choice and its reason stand on the button. */
export function EnginePicker({ value, estimate, onChange }: EnginePickerProps) {
  const { data: providers } = useProviders();
  const serving = estimate?.provider ?? value;
  const name = providers?.[serving]?.name ?? (serving === 'auto' ? t('engine.auto') : serving);
  const offered = Object.entries(providers ?? {}).filter(([key]) => key !== 'auto');
  return (
    <div>
      <p className="mb-2 text-second text-muted">{t('create.engine')}</p>
      <Menu
        fitted
        trigger={
          <button
            type="button"
            className="quiet-control flex w-full items-center gap-3 rounded-control p-2.5 text-left transition duration-120 ease-studio hover:bg-raised"
          >
            <span className="flex size-9 shrink-0 items-center justify-center rounded-chip bg-ok-soft text-ok">
              <Cpu size={18} aria-hidden />
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-[600]">{name}</span>
              <span className="line-clamp-3 text-caption text-muted">{reasonOf(value, estimate)}</span>
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
    </div>
  );
}

function reasonOf(value: string, estimate: Estimate | undefined): string {
  if (estimate?.reason) return estimate.reason;
  return value === 'auto' ? t('engine.autoNote') : t('engine.yourChoice');
}
