import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { Allowance } from '~/features/costs/parts/Allowance';
import { Calculator } from '~/features/costs/parts/Calculator';
import { Overview } from '~/features/costs/parts/Overview';
import { Prices } from '~/features/costs/parts/Prices';
import { StatementList } from '~/features/costs/parts/StatementList';
import { PERIODS, spanOf } from '~/features/costs/span';
import { usePrices, useSpending } from '~/features/costs/spending';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

/** What was spent, what was saved, and what anything would cost. */
export function CostsPage() {
  const { period: asked } = useSearch({ from: '/studio/costs' });
  const navigate = useNavigate();
  const [now] = useState(() => new Date());
  const period = PERIODS.find((each) => each === asked) ?? 'month';
  const { data: spending } = useSpending(spanOf(period, now));
  const { data: prices, error } = usePrices();
  const labelOf = (engine: string) => prices?.labels[engine] ?? engine;
  return (
    <div className="flex flex-col lg:h-dvh">
      <PageHeader title={t('place.costs')} />
      <div className="scroll-quiet flex min-h-0 flex-1 gap-14 max-lg:flex-col max-lg:gap-9 max-sm:px-4.5 max-sm:pb-28 lg:overflow-y-auto lg:pb-6">
        <div className="flex min-w-0 flex-1 flex-col gap-8">
          <Overview
            period={period}
            now={now}
            labelOf={labelOf}
            onPeriod={(next) => void navigate({ to: '/costs', search: { period: next === 'month' ? undefined : next }, replace: true })}
          />
          {error && <ProblemBanner problem={error} />}
          {prices ? <Prices list={prices} /> : !error && <LoadingSkeleton className="h-60" />}
          <Calculator />
        </div>
        <div className="flex w-95 shrink-0 flex-col gap-6 max-xl:w-76 max-lg:w-full">
          <Allowance />
          <StatementList spending={spending} labelOf={labelOf} />
        </div>
      </div>
    </div>
  );
}
