import { useEffect, useRef, type KeyboardEvent } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import type { Asset } from '~/api/types';
import { useLatest } from '~/lib/react';

/** A letter right after G goes to a place and means no picture. */
const AFTER_G_MS = 900;

export interface KeyActs {
  all: () => void;
  preview: (asset: Asset, index: number) => void;
  toggle: (asset: Asset, index: number) => void;
  favorite: (asset: Asset) => void;
  trash: (asset: Asset) => void;
  send: (to: '/edit' | '/upscale' | '/social', asset: Asset) => void;
  /** F, C and Delete on one of these mean all of them: the bar of the chosen hears them. */
  chosen: ReadonlyMap<string, Asset>;
}

/** What keys do on a picture of the grid; tells whether the key meant something. */
export function useGridKeys(acts: KeyActs) {
  const went = useRef(-Infinity);
  return (event: KeyboardEvent, asset: Asset, index: number): boolean => {
    const key = event.key.toLowerCase();
    if (event.altKey) return false;
    if (event.ctrlKey || event.metaKey) {
      if (key === 'a') acts.all();
      return key === 'a';
    }
    const going = event.timeStamp - went.current < AFTER_G_MS;
    went.current = key === 'g' ? event.timeStamp : -Infinity;
    const does: Record<string, () => void> = {
      ' ': () => acts.preview(asset, index),
      x: () => acts.toggle(asset, index),
      f: () => acts.favorite(asset),
      e: () => acts.send('/edit', asset),
      u: () => acts.send('/upscale', asset),
      s: () => acts.send('/social', asset),
      delete: () => acts.trash(asset),
    };
    const meantAll = acts.chosen.has(asset.id) && (key === 'f' || key === 'delete');
    const act = going || meantAll ? undefined : does[key];
    act?.();
    return act !== undefined;
  };
}

/** `/` puts the cursor into the search field; Escape takes the last thing back. */
export function usePageKeys(onEscape: () => void): void {
  const latest = useLatest(onEscape);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (isTyping(event.target) || event.defaultPrevented) return;
      if (event.key === 'Escape') latest.current();
      if (event.key !== '/') return;
      event.preventDefault();
      document.getElementById('library-search')?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [latest]);
}
