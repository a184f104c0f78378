import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { hold, type Drawing } from './hand';
import { fitted, moved, settled, zoomed, type Extent, type Point, type View } from './view';

export interface Viewing {
  box: Extent;
  view: View;
  /** Whether the whole picture is shown, however large the box is. */
  whole: boolean;
  zoom: (factor: number, at?: Point) => void;
  pan: (by: Point) => void;
  toWhole: () => void;
  /** One picture pixel on one pixel of the page. */
  toActual: () => void;
}

interface Options {
  /** Free room around the whole picture, in pixels. */
  margin?: number;
  /** Who draws on the stage; without one, a drag moves the view. */
  drawing?: Drawing | null;
}

/** The view of a picture in an element: it fits until somebody comes closer. */
export function useView(stage: RefObject<HTMLElement | null>, picture: Extent, { margin = 0, drawing = null }: Options = {}): Viewing {
  const box = useBox(stage);
  const [chosen, setChosen] = useState<View | null>(null);
  const fit = useMemo(() => fitted(picture, box, margin), [picture, box, margin]);
  const view = useMemo(() => (chosen ? settled(chosen, picture, box) : fit), [chosen, picture, box, fit]);

  const latest = useRef({ view, fit, drawing, picture, box });
  useLayoutEffect(() => {
    latest.current = { view, fit, drawing, picture, box };
  });
  const moves = useMemo(() => {
    const go = (next: View) => {
      const { fit: whole, picture: shown, box: room } = latest.current;
      const kept = settled(next, shown, room);
      latest.current.view = kept;
      setChosen(kept.scale <= whole.scale * 1.001 ? null : kept);
    };
    const middle = () => ({ x: latest.current.box.width / 2, y: latest.current.box.height / 2 });
    const zoom = (factor: number, at: Point = middle()) => go(zoomed(latest.current.view, factor, at, latest.current.fit.scale));
    return {
      zoom,
      pan: (by: Point) => go(moved(latest.current.view, by)),
      toWhole: () => setChosen(null),
      toActual: () => zoom(1 / latest.current.view.scale / devicePixelRatio),
      drawing: () => latest.current.drawing,
    };
  }, []);
  useEffect(() => (stage.current ? hold(stage.current, moves) : undefined), [stage, moves]);
  return { box, view, whole: chosen === null, zoom: moves.zoom, pan: moves.pan, toWhole: moves.toWhole, toActual: moves.toActual };
}

function useBox(element: RefObject<HTMLElement | null>): Extent {
  const [box, setBox] = useState<Extent>({ width: 960, height: 720 });
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return undefined;
    const measure = () => setBox({ width: node.clientWidth || 1, height: node.clientHeight || 1 });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return box;
}
