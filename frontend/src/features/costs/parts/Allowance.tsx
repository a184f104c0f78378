import { t } from '~/app/i18n';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { usd } from '../figures';
import { useAccount } from '../account';

/** What the workspace may spend, and how much of it is left. */
export function Allowance() {
  const { data } = useAccount();
  if (!data) return null;
  const { available, reserved, spent_this_month: spent, caps } = data.credits;
  const rows = [
    ...(available === null ? [] : [{ name: t('costs.available'), value: usd(available) }]),
    ...(caps.daily == null ? [] : [{ name: t('costs.daily'), value: usd(caps.daily) }]),
    ...(reserved > 0 ? [{ name: t('costs.reserved'), value: usd(reserved) }] : []),
  ];
  const most = caps.monthly ?? null;
  return (
    <GlassyCard aria-labelledby="allowance" className="p-5">
      <div className="flex items-baseline">
        <h2 id="allowance" className="text-section font-[620]">
          {t('costs.limit')}
        </h2>
        <span className="ml-auto text-section font-[620] tabular-nums">{most === null ? t('costs.noLimit') : usd(most)}</span>
      </div>
      {most !== null && (
        <div aria-hidden className="mt-4 h-1 overflow-hidden rounded-full bg-line">
          <div className="h-full bg-ink" style={{ width: `${Math.min(100, (spent / Math.max(most, 1)) * 100)}%` }} />
        </div>
      )}
      <p className="mt-2 text-second text-muted">{available === null ? t('costs.unmetered') : t('costs.metered')}</p>
      {rows.length > 0 && (
        <dl className="mt-3 flex flex-col gap-2 border-t border-line pt-3 text-second">
          {rows.map(({ name, value }) => (
            <div key={name} className="flex">
              <dt className="text-muted">{name}</dt>
              <dd className="ml-auto font-[600] tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </GlassyCard>
  );
}
