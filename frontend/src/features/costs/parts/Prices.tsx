import { clsx } from 'clsx';
import { useState } from 'react';
import type { PriceList } from '~/api/types';
import { currentLanguage, maybe, t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { usd } from '../figures';
import { dateOf } from '../span';

/** What an operation is called in a list of prices. */
export const workOf = (operation: string): string => maybe(`costs.work.${operation}`) ?? maybe(`edit.name.${operation}`) ?? operation.replaceAll('_', ' ');

/** Shown without asking for more. */
const FIRST = new Set(['create', 'remove_background', 'inpaint', 'upscale', 'social']);

const cell = 'h-9.5 px-2 text-right whitespace-nowrap tabular-nums';

/** What one picture costs, by operation and engine; what is cheapest stands out. */
export function Prices({ list }: { list: PriceList }) {
  const [all, setAll] = useState(false);
  const shown = list.operations.filter(({ operation }) => all || FIRST.has(operation));
  const engines = Object.keys(list.labels).filter((id) => list.operations.some(({ credits }) => id in credits));
  const checked = new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(dateOf(list.checked));
  return (
    <section aria-labelledby="prices">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id="prices" className="text-section font-[620]">
          {t('costs.prices')}
        </h2>
        <span className="ml-auto text-second text-muted max-sm:ml-0">{t('costs.checked', { day: checked })}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <div className="scroll-quiet relative mt-2 overflow-x-auto" tabIndex={0} role="group" aria-label={t('costs.pricesTable')}>
        <table className="w-full text-second">
          <thead>
            <tr className="border-b border-line text-muted">
              <th className="sr-only" scope="col">
                {t('costs.work')}
              </th>
              {[t('costs.here'), ...engines.map((id) => list.labels[id])].map((name) => (
                <th key={name} scope="col" className={clsx(cell, 'font-[450]')}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ operation, free, credits }) => {
              const least = Math.min(...Object.values(credits));
              return (
                <tr key={operation} className="border-b border-line">
                  <th scope="row" className="h-9.5 min-w-32 text-left text-body font-[560]">
                    {workOf(operation)}
                  </th>
                  <td className={cell}>{free ? <span className="rounded-[7px] bg-ok-soft px-2.5 py-1 font-[600] text-ok">{t('price.free')}</span> : <None />}</td>
                  {engines.map((id) => {
                    const price = credits[id];
                    if (price === undefined) return <td key={id} className={cell}><None /></td>;
                    return (
                      <td key={id} className={cell}>
                        <span className={clsx(!free && price === least && 'rounded-[7px] bg-sunken px-2.5 py-1 font-[620]')}>{usd(price)}</span>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {!all && (
        <Button small look="bare" className="mt-1.5 -ml-3" onClick={() => setAll(true)}>
          {t('costs.allWork', { count: list.operations.length })}
        </Button>
      )}
    </section>
  );
}

const None = () => (
  <span className="text-muted">
    <span aria-hidden>–</span>
    <span className="sr-only">{t('costs.none')}</span>
  </span>
);
