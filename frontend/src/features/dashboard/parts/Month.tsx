import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { currentLanguage, t } from '~/app/i18n';
import { usd } from '~/features/costs/figures';
import { useSpending } from '~/features/costs/spending';
import { spanOf } from '~/features/costs/span';
import { useProviders } from '~/features/templates/queries';

/** This month in two lines: what was spent, and what was made for nothing. */
export function Month() {
  const [now] = useState(() => new Date());
  const { data: spending } = useSpending(spanOf('month', now));
  const name = new Intl.DateTimeFormat(currentLanguage(), { month: 'long', timeZone: 'UTC' }).format(now);
  const free = spending?.lines.reduce((sum, { credits, pictures }) => (credits > 0 ? sum : sum + pictures), 0) ?? 0;
  return (
    <section aria-labelledby="month" className="border-t border-line pt-4">
      <div className="flex items-baseline">
        <h2 id="month" className="text-section font-[620]">
          {name}
        </h2>
        <span className="ml-auto text-second text-muted tabular-nums">
          <Link to="/costs" className="inline-block text-fg hover:underline max-sm:py-3.5">
            <b className="font-[620]">{usd(spending?.credits ?? 0)}</b> {t('home.spent')}
          </Link>
        </span>
      </div>
      <p className="mt-1.5 min-h-[36px] text-second text-muted">
        {free > 0 ? t('home.free', { count: free }) : t('home.freeNone')}
        {spending && spending.worth > 0 && (
          <>
            {t('home.worth')} <b className="font-[620] text-ok tabular-nums">{usd(spending.worth)}</b> {t('home.elsewhere')}
          </>
        )}
      </p>
    </section>
  );
}

/** Whether the engines are ready, and the way to more. */
export function Engines() {
  const { data: providers } = useProviders();
  if (!providers) return null;
  const ready = Object.values(providers).filter(({ available }) => available).length;
  const [local] = Object.entries(providers).flatMap(([id, { available }]) => (id === 'local' ? [available] : []));
  return (
    <section aria-label={t('home.engines')} className="flex items-center gap-2 border-t border-line pt-4 text-second">
      <span aria-hidden className={ready > 0 ? 'size-[7px] rounded-full bg-ok' : 'size-[7px] rounded-full bg-warn'} />
      <span className={ready > 0 ? 'font-[560] text-ok' : 'font-[560] text-warn'}>
        {ready > 1 ? t('home.enginesReady', { count: ready }) : local ? t('home.localReady') : t('home.noneReady')}
      </span>
      <Link to="/settings" className="ml-auto font-[580] text-accent hover:underline max-sm:py-3.5">
        {t('home.addEngines')}
      </Link>
    </section>
  );
}
