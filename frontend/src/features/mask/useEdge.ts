import { useEffect, useRef, useState } from 'react';
import { elsewhere } from './aside';
import type { MaskEngine } from './engine/engine';
import type { Mask } from './engine/raster';
import { smaller } from './engine/smaller';
import { useMaskSteps } from './useMask';

/** In pixels of the picture: outwards, inwards where it is negative, and over how many it fades. */
export interface Edge {
  by: number;
  radius: number;
}

/** More than this is not seen while a slider is dragged. */
const PREVIEW_PIXELS = 1_000_000;
const AS_IT_IS: Edge = { by: 0, radius: 0 };

/** How far an edge goes at most: seen on a large picture, not all of a small one. */
export const mostOf = ({ mask }: MaskEngine) => Math.max(8, Math.round(Math.max(mask.width, mask.height) / 40));

/** An edge that is tried: while its sliders are dragged the mask is shown as it would be, in small. */
export function useEdge(engine: MaskEngine, onClose: () => void) {
  const [edge, setEdge] = useState(AS_IT_IS);
  const [shown, setShown] = useState<Mask | null>(null);
  const trial = useRef<ReturnType<typeof trialOf>>(null);
  const steps = useMaskSteps(engine);
  const [began] = useState(steps);
  useEffect(() => {
    const mine = trialOf(engine, setShown);
    trial.current = mine;
    return mine.stop;
  }, [engine]);
  // A step that is undone meanwhile leaves nothing to try it on.
  useEffect(() => {
    if (steps !== began || engine.empty) onClose();
  }, [steps, began, engine, onClose]);
  const change = (part: Partial<Edge>) => {
    const next = { ...edge, ...part };
    setEdge(next);
    trial.current?.want(next);
  };
  const apply = () => {
    engine.edge(edge.by, edge.radius);
    onClose();
  };
  return { edge, shown, change, apply };
}

/** Tries one edge after the other, the latest alone if they come faster than they are done. */
function trialOf(engine: MaskEngine, show: (mask: Mask) => void) {
  const small = smaller(engine.mask, PREVIEW_PIXELS);
  const factor = small.width / engine.mask.width;
  let wanted: Edge | null = null;
  let working = false;
  const next = async () => {
    if (working) return;
    working = true;
    while (wanted) {
      const { by, radius }: Edge = wanted;
      wanted = null;
      const { mask } = await elsewhere(small, { kind: 'edge', by: Math.round(by * factor), radius: Math.round(radius * factor) }, () => {});
      if (working) show(mask);
    }
    working = false;
  };
  return {
    want: (edge: Edge) => {
      wanted = edge;
      void next();
    },
    stop: () => {
      wanted = null;
      working = false;
    },
  };
}
