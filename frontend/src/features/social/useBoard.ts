import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Aim } from './aim';
import { Board } from './board';
import type { Extent } from './crop';

/** The board of the page, turned to every aim that React knows. */
export function useBoard(aim: Aim): Board {
  const [board] = useState(() => new Board(aim));
  useLayoutEffect(() => board.show(aim), [board, aim]);
  return board;
}

/** A picture that a board moves under its frame. */
export function useFrame(board: Board, key: string, { source, format }: { source: Extent; format: Extent }): RefObject<HTMLImageElement | null> {
  const picture = useRef<HTMLImageElement>(null);
  const { width, height } = format;
  const { width: across, height: down } = source;
  useLayoutEffect(() => {
    if (!picture.current) return undefined;
    return board.add(key, { picture: picture.current, source: { width: across, height: down }, format: { width, height } });
  }, [board, key, across, down, width, height]);
  return picture;
}
