import { useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Dices, LayoutGrid, PanelsTopLeft, Repeat2, SquareSplitHorizontal } from 'lucide-react';
import { useRef, useState, type CSSProperties } from 'react';
import { t } from '~/app/i18n';
import { MoreTile } from '~/features/create/parts/MoreTile';
import { ResultTile } from '~/features/create/parts/ResultTile';
import { seedOf } from '~/features/create/form';
import { compared, FEWEST_COMPARED, toggled } from '~/features/create/picked';
import { countOf, isActive, readyOf, type Run } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import { useInView } from '~/lib/react';
import { Button, IconButton } from './ui/Button';
import { SectionHeader } from './ui/SectionHeader';

interface ImageResultsGalleryProps {
  run: Run;
  /** Width over height of every picture. */
  ratio: number;
  /** Fills the form in as it was; with a seed, for that one picture. */
  onAgain: (seed?: number) => void;
  /** Puts a seed into the form. */
  onSeed: (seed: number) => void;
  /** Makes as many again with other seeds. */
  onMore: () => void;
  onCancel: () => void;
}

/** The pictures of one run: one in focus and the others beside it, or all alike. Tiles stand at final size from the start. */
export function ImageResultsGallery({ run, ratio, onAgain, onSeed, onMore, onCancel }: ImageResultsGalleryProps) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<number | null>(null);
  const [alike, setAlike] = useState(false);
  const [picks, setPicks] = useState<readonly string[]>([]);
  const list = useRef<HTMLUListElement>(null);
  const swiped = useInView(list, run.slots.length);
  const ready = countOf(run, 'ready');
  const firstReady = run.slots.findIndex(({ state }) => state === 'ready');
  const focus = chosen ?? Math.max(0, firstReady);
  const firstWaiting = run.slots.findIndex(({ state }) => state === 'waiting');
  const columns = columnsFor(ratio, run.slots.length, alike);
  const seed = seedOf(run.job, focus);
  const ids = readyOf(run).map(({ id }) => id);
  const compare = (these: readonly string[]) => void navigate({ to: '/compare', search: { ids: these.join(',') } });
  return (
    <section aria-label={t('results.label')}>
      <div className="max-lg:hidden">
        <SectionHeader title={t('results.title')} note={t('results.ready', { ready, total: run.slots.length })}>
          <ComparePicked picks={picks} onCompare={compare} />
          {seed !== undefined && <Seed seed={seed} onSeed={onSeed} />}
          <Again onAgain={onAgain} />
          <IconButton label={alike ? t('results.viewFocus') : t('results.viewGrid')} aria-pressed={alike} onClick={() => setAlike(!alike)}>
            {alike ? <PanelsTopLeft size={18} aria-hidden /> : <LayoutGrid size={18} aria-hidden />}
          </IconButton>
        </SectionHeader>
      </div>
      <p role="status" className="sr-only">
        {t('results.ready', { ready, total: run.slots.length })}
      </p>
      <ul
        ref={list}
        className="mt-2 gap-3.5 max-lg:-mx-4.5 max-lg:flex max-lg:snap-x max-lg:snap-mandatory max-lg:scroll-px-4.5 max-lg:overflow-x-auto max-lg:px-4.5 max-lg:pb-1 max-lg:[scrollbar-width:none] lg:grid lg:grid-flow-dense"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {run.slots.map((slot, ordinal) => (
          <li
            key={ordinal}
            className={clsx('relative max-lg:w-[77vw] max-lg:max-w-[calc(52dvh*var(--ratio))] max-lg:shrink-0 max-lg:snap-start', span(ordinal === focus && !alike, ratio))}
            style={{ aspectRatio: ratio, '--ratio': ratio } as CSSProperties}
          >
            <ResultTile
              job={run.job}
              slot={slot}
              voice={ordinal === firstWaiting}
              onCancel={onCancel}
              shown={{
                large: !alike && ordinal === focus,
                name: t('results.picture', { number: ordinal + 1 }),
                picked: slot.state === 'ready' && picks.includes(slot.picture.id),
                onFocus: () => {
                  setAlike(false);
                  setChosen(ordinal);
                },
                onPick: (id) => setPicks(toggled(picks, id)),
                onCompare: ready >= FEWEST_COMPARED ? (id) => compare(compared(picks, id, ids)) : undefined,
                onAgain: () => onAgain(seedOf(run.job, ordinal)),
              }}
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
        <Dots run={run} place={swiped} />
        <span className="ml-auto" />
        <ComparePicked picks={picks} onCompare={compare} />
        <Again onAgain={onAgain} />
      </div>
    </section>
  );
}

interface ComparePickedProps {
  picks: readonly string[];
  onCompare: (ids: readonly string[]) => void;
}

/** The way to the pictures that were picked, once there are enough. */
function ComparePicked({ picks, onCompare }: ComparePickedProps) {
  if (picks.length < FEWEST_COMPARED) return null;
  return (
    <Button look="ink" small onClick={() => onCompare(picks)} className="h-9">
      <SquareSplitHorizontal size={16} aria-hidden />
      {t('results.comparePicked', { count: picks.length })}
    </Button>
  );
}

function Again({ onAgain }: { onAgain: () => void }) {
  return (
    <Button look="plain" small onClick={() => onAgain()} className="h-9">
      <Repeat2 size={16} aria-hidden />
      {t('results.again')}
    </Button>
  );
}

/** Where one is in the row of pictures, and how each of them stands. */
function Dots({ run, place }: { run: Run; place: number }) {
  return run.slots.map(({ state }, ordinal) => (
    <span
      key={ordinal}
      aria-hidden
      className={clsx('h-1.5 rounded-full', ordinal === place ? 'w-4' : 'w-1.5', state === 'ready' ? 'bg-ink' : state === 'failed' ? 'bg-danger' : 'border border-accent')}
    />
  ));
}

/** The seed of the picture in focus; a press keeps it for the next run. */
function Seed({ seed, onSeed }: { seed: number; onSeed: (seed: number) => void }) {
  const keep = () => {
    onSeed(seed);
    say({ text: t('results.seedSet', { seed }) });
  };
  return (
    <Button look="bare" small onClick={keep} title={t('results.useSeed', { seed })} className="h-9 font-[450] text-muted tabular-nums">
      <Dices size={16} aria-hidden />
      {t('results.seed', { seed })}
    </Button>
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
