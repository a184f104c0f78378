import { useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';
import { MOST } from './pages';
import { joined, NONE, toggled, type Selection } from './selection';

interface ChosenInput {
  /** Choosing in one part of the library means nothing in another. */
  place: string;
  total: number;
  getAssets: (from: number, to: number) => Promise<Asset[]>;
}

/** The chosen pictures of the part of the library that is shown. */
export function useChosen({ place, total, getAssets }: ChosenInput) {
  const [kept, setKept] = useState<{ place: string; selection: Selection }>({ place, selection: NONE });
  const selection = kept.place === place ? kept.selection : NONE;
  const change = (to: (before: Selection) => Selection) =>
    setKept((before) => ({ place, selection: to(before.place === place ? before.selection : NONE) }));
  const join = (from: number, to: number) =>
    void getAssets(from, to)
      .then((assets) => change((before) => joined(before, assets)))
      .catch(sayProblem);
  return {
    chosen: selection.chosen,
    toggle: (asset: Asset, index: number) => change((before) => toggled(before, asset, index)),
    extend: (index: number) => join(selection.from, index),
    all: () => {
      join(0, Math.min(total, MOST) - 1);
      if (total > MOST) say({ text: t('library.mostChosen', { count: MOST }) });
    },
    clear: () => change(() => NONE),
  };
}
