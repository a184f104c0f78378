import { useSyncExternalStore } from 'react';
import type { MaskEngine } from './engine/engine';

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
