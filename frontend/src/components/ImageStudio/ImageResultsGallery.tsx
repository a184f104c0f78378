import { clsx } from 'clsx';
import { LayoutGrid, PanelsTopLeft, Repeat2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { MoreTile } from '~/features/create/parts/MoreTile';
import { ResultTile } from '~/features/create/parts/ResultTile';
import { countOf, isActive, readyOf, type Run } from '~/features/jobs/run';
import { Button, IconButton } from './ui/Button';
import { SectionHeader } from './ui/SectionHeader';

interface ImageResultsGalleryProps {
  run: Run;
  /** Width over height of every picture. */
  ratio: number;
  /** Fills the form in as it was. */
  onAgain: () => void;
  /** Makes as many again with other seeds. */
  onMore: () => void;
  onCancel: () => void;
}

/** The pictures of one run: one in focus and the others beside it, or all alike. Tiles stand at final size from the start. */
export function ImageResultsGallery({ run, ratio, onAgain, onMore, onCancel }: ImageResultsGalleryProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [alike, setAlike] = useState(false);
  const ready = countOf(run, 'ready');
  const firstReady = run.slots.findIndex(({ state }) => state === 'ready');
  const focus = chosen ?? Math.max(0, firstReady);
  const firstWaiting = run.slots.findIndex(({ state }) => state === 'waiting');
  const columns = columnsFor(ratio, run.slots.length, alike);
  return (
    <section aria-label={t('results.label')}>
      <div className="max-lg:hidden">
      <SectionHeader title={t('results.title')} note={t('results.ready', { ready, total: run.slots.length })}>
        <Button look="plain" small onClick={onAgain} className="h-9">
          <Repeat2 size={16} aria-hidden />
          {t('results.again')}
        </Button>
        <IconButton
          label={alike ? t('results.viewFocus') : t('results.viewGrid')}
          aria-pressed={alike}
          onClick={() => setAlike(!alike)}
          className="max-lg:hidden"
        >
          {alike ? <PanelsTopLeft size={18} aria-hidden /> : <LayoutGrid size={18} aria-hidden />}
        </IconButton>
      </SectionHeader>
      </div>
      <p role="status" className="sr-only">
        {t('results.ready', { ready, total: run.slots.length })}
      </p>
      <ul
        className="mt-2 gap-3.5 max-lg:-mx-4.5 max-lg:flex max-lg:snap-x max-lg:snap-mandatory max-lg:scroll-px-4.5 max-lg:overflow-x-auto max-lg:px-4.5 max-lg:pb-1 max-lg:[scrollbar-width:none] lg:grid lg:grid-flow-dense"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {run.slots.map((slot, ordinal) => (
          <li
            key={ordinal}
            className={clsx('relative max-lg:w-[77vw] max-lg:max-w-[calc(52dvh*var(--ratio))] max-lg:shrink-0 max-lg:snap-start', span(ordinal === focus && !alike, ratio))}
            style={{ aspectRatio: ratio, '--ratio': ratio } as React.CSSProperties}
          >
            <ResultTile
              job={run.job}
              slot={slot}
              large={!alike && ordinal === focus}
              name={t('results.picture', { number: ordinal + 1 })}
              voice={ordinal === firstWaiting}
              onFocus={() => setChosen(ordinal)}
              onCancel={onCancel}
            />
          </li>
        ))}
        {ready > 0 && !isActive(run.job) && ratio < 1.9 && (
          <li className="max-lg:hidden" style={{ aspectRatio: ratio }}>
            <MoreTile pictures={readyOf(run)} count={run.slots.length} onMore={onMore} />
          </li>
        )}
      </ul>
      <div className="mt-3 flex h-11 items-center gap-1.5 lg:hidden">
        {run.slots.map(({ state }, ordinal) => (
          <span
            key={ordinal}
            aria-hidden
            className={clsx('size-1.5 rounded-full', state === 'ready' ? 'bg-ink' : state === 'failed' ? 'bg-danger' : 'border border-accent')}
          />
        ))}
        <Button look="bare" onClick={onAgain} className="-mr-3 ml-auto">
          <Repeat2 size={16} aria-hidden />
          {t('results.again')}
        </Button>
      </div>
    </section>
  );
}

/** Columns such that a focus of two by two and its neighbours fill the page, by the pictures' shape. */
function columnsFor(ratio: number, pictures: number, alike: boolean): number {
  if (alike) return ratio < 0.7 ? 5 : ratio < 1.9 ? 4 : 2;
  if (ratio >= 1.9) return 3;
  if (pictures === 1) return ratio < 0.7 ? 5 : ratio < 1.2 ? 4 : 3;
  return ratio < 0.7 ? 5 : ratio < 1.2 ? 4 : 3;
}

function span(focused: boolean, ratio: number): string {
  if (!focused) return '';
  return ratio >= 1.9 ? 'lg:col-span-3' : 'lg:col-span-2 lg:row-span-2';
}
