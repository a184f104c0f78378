import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { asProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { CompareBar, type Mode } from '~/features/compare/parts/CompareBar';
import { Pair } from '~/features/compare/parts/Pair';
import { letterOf, Pane } from '~/features/compare/parts/Pane';
import { useCompared } from '~/features/compare/queries';
import { FEWEST, idsIn, nearer, stepped, turned, WHOLE, type Look } from '~/features/compare/sync';
import { useFavorite } from '~/features/library/queries';
import { say } from '~/features/toasts/store';
import { onEscape } from '~/lib/escape';
import { titleOf } from './ProblemBanner';
import { buttonLook, IconButton } from './ui/Button';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

/** Two to four pictures and nothing else, looked at as one; the best is kept. */
export function CompareView() {
  const ids = idsIn(useSearch({ from: '/studio/compare' }).ids);
  const router = useRouter();
  const navigate = useNavigate();
  const { assets, pending } = useCompared(ids);
  const there = assets.filter((asset) => asset !== undefined);
  const title = t('variants.title', { count: there.length });
  useEffect(() => {
    document.title = t('app.page', { page: title });
  }, [title]);
  const close = () => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/library' }));
  const show = (next: readonly string[]) => void navigate({ to: '/compare', search: { ids: next.join(',') }, replace: true });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={onEscape(close)}
          // The board takes the focus, so that keys look around at once.
          onOpenAutoFocus={(event) => event.preventDefault()}
          className="fixed inset-0 z-50 flex flex-col bg-bg text-fg outline-none"
        >
          <Dialog.Title asChild>
            <h1 className="sr-only">{title}</h1>
          </Dialog.Title>
          {there.length >= FEWEST ? (
            <Board assets={there} onOrder={show} onClose={close} />
          ) : (
            <Few pending={pending} onClose={close} />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Few({ pending, onClose }: { pending: boolean; onClose: () => void }) {
  if (pending) return <LoadingSkeleton className="m-4 flex-1" />;
  return (
    <div className="m-auto flex flex-col items-center gap-4 p-6 text-center">
      <IconButton label={t('action.close')} onClick={onClose} className="absolute top-4 left-4">
        <X size={18} aria-hidden />
      </IconButton>
      <p className="text-title font-[620]">{t('variants.few')}</p>
      <p className="text-muted">{t('variants.fewNote')}</p>
      <button type="button" onClick={onClose} className={buttonLook('ink')}>
        {t('variants.goBack')}
      </button>
    </div>
  );
}

interface BoardProps {
  assets: readonly Asset[];
  /** Puts the pictures into another order. */
  onOrder: (ids: readonly string[]) => void;
  onClose: () => void;
}

const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -0.1, y: 0 },
  ArrowRight: { x: 0.1, y: 0 },
  ArrowUp: { x: 0, y: -0.1 },
  ArrowDown: { x: 0, y: 0.1 },
};
const FACTORS: Record<string, number> = { '+': 1.25, '=': 1.25, '-': 0.8, '0': 0 };

function Board({ assets, onOrder, onClose }: BoardProps) {
  const favorite = useFavorite();
  const [mode, setMode] = useState<Mode>('side');
  const [together, setTogether] = useState(true);
  const [looks, setLooks] = useState<readonly Look[]>([]);
  const [cross, setCross] = useState<{ x: number; y: number } | null>(null);
  const [held, setHeld] = useState(false);
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => board.current?.focus(), []);
  const ids = assets.map(({ id }) => id);
  const lookAt = (place: number) => looks[together ? 0 : place] ?? WHOLE;
  const look = (place: number, next: Look) => setLooks(assets.map((_, each) => (together || each === place ? next : lookAt(each))));
  const all = (change: (from: Look) => Look) => setLooks(assets.map((_, each) => change(lookAt(each))));
  const zoom = (factor: number) => all((from) => (factor === 0 ? WHOLE : middle(from, factor)));
  const keep = (place: number) => {
    const asset = assets[place];
    if (asset) favorite.mutate(asset, { onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }) });
  };
  const onKey = (event: KeyboardEvent) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.matches('[role=slider], [role=radio], [role=menuitem]'))) return;
    const [step, factor, place] = [STEPS[key], FACTORS[key], Number(key) - 1];
    if (step) all((from) => stepped(from, step));
    else if (factor !== undefined) zoom(factor);
    else if (assets[place]) keep(place);
    else if (key.toLowerCase() === 'x') onOrder(turned(ids));
    else if (key.toLowerCase() === 'l') setTogether(!together);
    else if (key.toLowerCase() === 'z') setHeld(true);
    else return;
    event.preventDefault();
  };
  const moved = (place: number, by: number) => {
    const other = place + by;
    if (other < 0 || other >= ids.length) return undefined;
    return () => onOrder(ids.with(place, ids[other] ?? '').with(other, ids[place] ?? ''));
  };
  const [first, second] = assets;
  return (
    <div ref={board} role="presentation" tabIndex={-1} onKeyDown={onKey} onKeyUp={({ key }) => key.toLowerCase() === 'z' && setHeld(false)} className="flex min-h-0 flex-1 flex-col outline-none">
      <CompareBar
        count={assets.length}
        note={first?.prompt ?? ''}
        mode={mode}
        together={together}
        closer={lookAt(0).closer}
        onMode={setMode}
        onTogether={() => setTogether(!together)}
        onZoom={zoom}
        onTurn={() => onOrder(turned(ids))}
        onHold={setHeld}
        onClose={onClose}
      />
      {mode === 'side' ? (
        <div className={clsx('grid min-h-0 flex-1 auto-rows-fr gap-1.5 p-4 pt-0 max-sm:p-2 max-sm:pt-0', COLUMNS[assets.length])}>
          {assets.map((asset, place) => (
            <Pane
              key={asset.id}
              asset={asset}
              place={place}
              look={lookAt(place)}
              cross={together ? cross : null}
              mapped={place === assets.length - 1}
              onLook={(next) => look(place, next)}
              onCross={setCross}
              onKeep={() => keep(place)}
              onMove={{ back: moved(place, -1), on: moved(place, 1) }}
            />
          ))}
        </div>
      ) : (
        <div className="flex min-h-0 flex-1 p-4 pt-0 max-sm:p-2 max-sm:pt-0">
          {first && second && (
            <Pair pair={[first, second]} letters={[letterOf(0), letterOf(1)]} look={lookAt(0)} mode={mode} held={held} onLook={(next) => look(0, next)} />
          )}
        </div>
      )}
    </div>
  );
}

const COLUMNS: Record<number, string> = { 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3', 4: 'grid-cols-2 lg:grid-cols-4' };

/** Nearer to the middle of what is seen: any picture in any box moves alike. */
function middle(from: Look, factor: number): Look {
  const unit = { width: 100, height: 100 };
  return nearer(from, factor, { picture: unit, box: unit, at: { x: 50, y: 50 } });
}
