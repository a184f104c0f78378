import { ChevronDown, Cpu } from 'lucide-react';
import { clsx } from 'clsx';
import { useState } from 'react';
import { maybe, t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { usd } from '~/features/costs/figures';
import { usePrices } from '~/features/costs/spending';
import { useFoundAssets } from '~/features/palette/queries';
import { useProviders } from '~/features/templates/queries';
import { withKeyless, type Engine } from '../engines';

/** The server's word for what an engine can do, or ours where we have one. */
const nameOfOperation = (operation: string) => maybe(`settings.can.${operation}`) ?? maybe(`edit.name.${operation}`) ?? operation.replaceAll('_', ' ');

/** The engines that make the pictures: the local one first, then those that need a key. */
export function EnginesPart() {
  const { data: engines, error } = useProviders();
  if (error) return <ProblemBanner problem={error} />;
  if (!engines) return <LoadingSkeleton className="h-52" />;
  const { local, ...others } = engines;
  return (
    <>
      {local && <LocalEngine engine={local} />}
      <ul className="mt-5">
        {withKeyless(others).map(([id, engine]) => (
          <EngineRow key={id} id={id} engine={engine} />
        ))}
      </ul>
      <p className="mt-5 border-t border-line pt-4 text-second text-muted">{t('settings.keyWhere')}</p>
    </>
  );
}

function State({ ready, text }: { ready: boolean; text: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 text-second font-[560]', ready ? 'text-ok' : 'text-muted')}>
      <span aria-hidden className={clsx('size-2 rounded-full', ready ? 'bg-current' : 'border border-line-strong')} />
      {text}
    </span>
  );
}

function LocalEngine({ engine }: { engine: Engine }) {
  const { data: pictures } = useFoundAssets('');
  const four = pictures?.slice(0, 4) ?? [];
  return (
    <section className="panel flex overflow-hidden rounded-panel">
      <div className="min-w-0 flex-1 p-6">
        <div className="flex items-center gap-3">
          <span aria-hidden className="flex size-10 items-center justify-center rounded-chip bg-ok-soft text-ok">
            <Cpu size={19} />
          </span>
          <div>
            <h3 className="text-title font-[620]">{engine.name}</h3>
            <State ready={engine.available} text={engine.available ? t('settings.localReady') : (engine.reason ?? t('engine.unavailable'))} />
          </div>
        </div>
        <ul className="mt-4.5 flex flex-wrap gap-2">
          {engine.capabilities.map((operation) => (
            <li key={operation} className="rounded-chip bg-sunken px-2.5 py-1 text-second font-[550]">
              {nameOfOperation(operation)}
            </li>
          ))}
        </ul>
      </div>
      {four.length === 4 && (
        <div className="relative w-72 shrink-0 max-xl:hidden">
          <div className="absolute inset-0 grid grid-cols-2 grid-rows-2 gap-0.5">
            {four.map((asset) => (
              <AssetPhoto key={asset.id} asset={asset} className="min-h-0" />
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

function EngineRow({ id, engine }: { id: string; engine: Engine }) {
  const [open, setOpen] = useState(false);
  const { name, available, reason, offers = [] } = engine;
  const least = useLeast(id);
  return (
    <li className="border-t border-line first:border-t-0">
      <button type="button" aria-expanded={open} aria-controls={`engine-${id}`} onClick={() => setOpen(!open)} className="flex min-h-17 w-full items-center gap-4 rounded-control py-3 text-left">
        <span aria-hidden className="flex size-10 shrink-0 items-center justify-center rounded-chip bg-sunken font-[640] text-muted">
          {name[0]}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-section font-[600]">{name}</span>
          <span className="block truncate text-second text-muted">{available ? t('settings.offers', { count: offers.length }) : (maybe(`settings.adds.${id}`) ?? reason ?? t('engine.unavailable'))}</span>
        </span>
        <span className="shrink-0 text-second text-muted tabular-nums max-sm:hidden">{least !== undefined && t('settings.from', { price: usd(least) })}</span>
        <span className="shrink-0 max-sm:hidden">
          <State ready={available} text={available ? t('settings.connected') : t('settings.noKey')} />
        </span>
        <ChevronDown size={17} aria-hidden className={clsx('shrink-0 text-muted transition duration-180 ease-studio', open && 'rotate-180')} />
      </button>
      {open && (
        <div id={`engine-${id}`} className="animate-appear pb-5 sm:pl-14">
          {!available && (
            <p className="mb-3 text-second text-muted">
              {t('settings.keyHow')} <code className="rounded-[6px] bg-sunken px-1.5 py-0.5 font-mono text-caption break-all text-fg">{`IMAGE_STUDIO_PROVIDERS__${id.toUpperCase()}__API_KEY`}</code>
            </p>
          )}
          <ul>
            {offers.map(({ model, operation, label, cost_range: price }) => (
              <li key={`${model} ${operation}`} className="flex min-h-8 items-center gap-3 text-second">
                <span className="min-w-0 flex-1 truncate">
                  <span className="font-[560]">{nameOfOperation(operation)}</span> <span className="text-muted">{label || model}</span>
                </span>
                <span className="shrink-0 text-muted tabular-nums">{price}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}

/** The least that an engine takes for a picture, in credits; undefined where no price is known. */
function useLeast(engine: string): number | undefined {
  const { data: prices } = usePrices();
  const all = prices?.operations.map(({ credits }) => credits[engine]).filter((price) => price !== undefined) ?? [];
  return all.length > 0 ? Math.min(...all) : undefined;
}
