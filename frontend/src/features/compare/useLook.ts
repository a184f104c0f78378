import { useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { hold } from '~/features/picture/hand';
import { moved, settled, type Extent, type Point } from '~/features/picture/view';
import { useExtent } from '~/lib/react';
import { lookOf, nearer, viewOf, type Look } from './sync';

/** The view of one picture on its stage, where fingers, wheel and mouse change the look that others may share. */
export function useLook(stage: RefObject<HTMLElement | null>, picture: Extent, look: Look, onLook: (look: Look) => void) {
  const box = useExtent(stage);
  const latest = useRef({ box, picture, look, onLook });
  useLayoutEffect(() => {
    latest.current = { box, picture, look, onLook };
  });
  const moves = useMemo(() => {
    const go = (next: Look) => {
      latest.current.look = next;
      latest.current.onLook(next);
    };
    return {
      pan: (by: Point) => {
        const { box: room, picture: shown, look: from } = latest.current;
        go(lookOf(settled(moved(viewOf(from, shown, room), by), shown, room), shown, room));
      },
      zoom: (factor: number, at: Point) => {
        const { box: room, picture: shown, look: from } = latest.current;
        go(nearer(from, factor, { picture: shown, box: room, at }));
      },
      drawing: () => null,
    };
  }, []);
  useEffect(() => (stage.current ? hold(stage.current, moves) : undefined), [stage, moves]);
  return { box, view: viewOf(look, picture, box) };
}
