import { useSyncExternalStore } from 'react';
import { t } from '~/app/i18n';
import { useKeeper } from '~/features/trouble/keepers';
import { save } from '~/lib/save';
import { fileOf } from './aside';
import type { MaskEngine } from './engine/engine';

/** What each tool is called. */
export const TOOL_NAMES = {
  brush: 'mask.brush',
  eraser: 'mask.eraser',
  lasso: 'mask.lasso',
  polygon: 'mask.polygon',
  rectangle: 'mask.rectangle',
  ellipse: 'mask.ellipse',
  point: 'mask.point',
} as const;

/** What a mask is called that is saved as a file. */
const FILE = 'mask.png';

export const saveMask = (engine: MaskEngine) => void fileOf(engine.mask).then((file) => save(file, FILE));

/** Offers to save a mask while there is one, to who has to leave the page. */
export function useKeepMask(engine: MaskEngine): void {
  useMaskSteps(engine);
  useKeeper(engine.empty ? null : t('mask.save'), () => saveMask(engine));
}

/** Renews the component with every finished step; what happens within a stroke goes past React. */
export function useMaskSteps(engine: MaskEngine): number {
  return useSyncExternalStore(engine.listen, () => engine.steps);
}

/** The slider's 0..100 as a brush: fine steps for small ones, up to a quarter of the picture. */
export function diameterOf(position: number, longest: number): number {
  const most = Math.max(40, longest / 4);
  return Math.max(2, Math.round(2 * (most / 2) ** (position / 100)));
}

/** A share as people read it, in percent: small ones keep a digit. */
export const percentOf = (share: number) => (share > 0 && share < 0.1 ? Math.max(0.1, Math.round(share * 1000) / 10) : Math.round(share * 100));
