import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref, type RefObject } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { useLatest, useMedia } from '~/lib/react';
import type { LibraryQuery } from '../filter';
import { heightOf, neighbour, spotOf, type Layout } from '../layout';
import { useLongPress } from '../useLongPress';
import { useMasonry } from '../useMasonry';
import { Scrubber } from './Scrubber';
import { Tile } from './Tile';

/** What the grid tells of; a picture that has not arrived yet can't be meant. */
export interface GridActs {
  open: (asset: Asset, index: number) => void;
  toggle: (asset: Asset, index: number) => void;
  /** From what was chosen last to here. */
  extend: (index: number) => void;
  /** Any other key on a picture; whether it meant something. */
  key: (event: KeyboardEvent, asset: Asset, index: number) => boolean;
}

export interface GridHandle {
  /** Brings a picture into view and the cursor to it. */
  focus: (index: number) => void;
}

const indexOf = (element: HTMLElement) => Number(element.dataset['index']);

interface AssetGridProps {
  query: LibraryQuery;
  total: number;
  /** The asset whose details are open, and where it was when it was opened. */
  open: string | undefined;
  openIndex: number | undefined;
  chosen: ReadonlyMap<string, Asset>;
  /** The asset that has the keyboard's cursor; outlives the grid, so that the next one gives it back. */
  cursorRef: RefObject<string | undefined>;
  acts: GridActs;
  ref: Ref<GridHandle>;
}

/** Masonry of any length, of which only what is seen is in the page. */
export function AssetGrid({ query, total, open, openIndex, chosen, cursorRef, acts, ref }: AssetGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const coarse = useMedia('(pointer: coarse)');
  const narrow = useMedia('(max-width: 640px)');
  const [current, setCurrent] = useState(0);
  const masonry = useMasonry({ scroller, query, total, held: openIndex, wanted: narrow ? 180 : 240 });
  const { layout, assetAt } = masonry;
  const here = Math.min(current, total - 1);
  const focus = useFocus(scroller, layout, setCurrent);
  useImperativeHandle(ref, () => ({ focus }), [focus]);

  const press = useLongPress((element) => {
    const index = indexOf(element);
    const asset = assetAt(index);
    if (asset) acts.toggle(asset, index);
  });
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const index = indexOf(event.currentTarget);
    const asset = assetAt(index);
    if (!asset || press.swallowed()) return;
    const onCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    if (event.shiftKey) acts.extend(index);
    else if (onCheck || event.ctrlKey || event.metaKey || (coarse && chosen.size > 0)) acts.toggle(asset, index);
    else acts.open(asset, index);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = indexOf(event.currentTarget);
    const asset = assetAt(index);
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : neighbour(layout, index, event.key);
    if (next !== null) {
      focus(next);
      if (event.shiftKey) acts.extend(next);
    } else if (!asset || !acts.key(event, asset, index)) return;
    event.preventDefault();
  };
  const onFocus = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    setCurrent(indexOf(currentTarget));
    cursorRef.current = assetAt(indexOf(currentTarget))?.id;
  };
  const latest = useLatest({ onClick, onKeyDown, onFocus });
  const handlers = useMemo(
    () => ({
      ...press.handlers,
      onClick: (event: MouseEvent<HTMLElement>) => latest.current.onClick(event),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => latest.current.onKeyDown(event),
      onFocus: (event: { currentTarget: HTMLElement }) => latest.current.onFocus(event),
      onBlur: () => (cursorRef.current = undefined),
    }),
    [press, latest, cursorRef],
  );

  const spots = withCurrent(masonry.spots, layout, here);
  useReturn(cursorRef, (id) => spots.find(({ index }) => assetAt(index)?.id === id)?.index, focus);
  return (
    <div className="flex min-h-0 flex-1 gap-1">
      <div ref={scroller} data-scroller className="scroll-quiet -m-1 min-h-0 flex-1 overflow-y-auto p-1.5 pb-4 [overflow-anchor:none] max-sm:pb-24 sm:[scrollbar-width:none]">
        {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari takes lists without bullets for no lists */}
        <ul role="list" aria-label={t('library.pictures')} className="relative" style={{ height: heightOf(layout) + 6 }}>
          {spots.map(({ index, left, top, width, height }) => {
            const asset = assetAt(index);
            return (
              <li
                key={asset?.id ?? index}
                aria-setsize={total}
                aria-posinset={index + 1}
                className="absolute top-0"
                style={{ left, width, height, transform: `translateY(${top}px)` }}
              >
                <Tile
                  asset={asset}
                  index={index}
                  open={asset !== undefined && asset.id === open}
                  chosen={asset !== undefined && chosen.has(asset.id)}
                  tabbable={index === here}
                  draggable={!coarse}
                  handlers={handlers}
                />
              </li>
            );
          })}
        </ul>
      </div>
      {!narrow && <Scrubber query={query} total={total} layout={layout} scroller={scroller} />}
    </div>
  );
}

/** The tile that has the cursor stays, even out of sight: without it the keyboard would lose its place. */
function withCurrent(spots: ReturnType<typeof useMasonry>['spots'], layout: Layout, index: number) {
  if (spots.some((spot) => spot.index === index)) return spots;
  const spot = spotOf(layout, index);
  return spot ? [...spots, spot] : spots;
}

/** Scrolls a picture into view and gives it the cursor as soon as it is drawn. */
function useFocus(scroller: { current: HTMLDivElement | null }, layout: Layout, setCurrent: (index: number) => void) {
  const awaited = useRef<number>(null);
  const latest = useLatest(layout);
  useLayoutEffect(() => {
    if (awaited.current === null) return;
    if (give(scroller.current, awaited.current)) awaited.current = null;
  });
  return useMemo(
    () => (index: number) => {
      const [element, spot] = [scroller.current, spotOf(latest.current, index)];
      if (!element || !spot) return;
      const { scrollTop: top, clientHeight: height } = element;
      if (spot.top < top) element.scrollTo(0, spot.top);
      else if (spot.top + spot.height + 12 > top + height) element.scrollTo(0, spot.top + spot.height + 12 - height);
      awaited.current = give(element, index) ? null : index;
      setCurrent(index);
    },
    [scroller, latest, setCurrent],
  );
}

/** A picture that had the cursor when others came around it has it again, before any key can miss it. */
function useReturn(cursorRef: RefObject<string | undefined>, indexOfAsset: (id: string) => number | undefined, focus: (index: number) => void) {
  const once = useRef(() => {
    // React tells of no blur while it takes elements out, so what is still held here was taken from under the cursor.
    const index = cursorRef.current !== undefined && document.activeElement === document.body ? indexOfAsset(cursorRef.current) : undefined;
    if (index === undefined) cursorRef.current = undefined;
    else focus(index);
  });
  useLayoutEffect(() => once.current(), []);
}

/** Gives a tile the cursor; whether it was there. */
function give(scroller: HTMLElement | null, index: number): boolean {
  const tile = scroller?.querySelector<HTMLElement>(`button[data-index="${index}"]`);
  tile?.focus({ preventScroll: true });
  return tile instanceof HTMLElement;
}
