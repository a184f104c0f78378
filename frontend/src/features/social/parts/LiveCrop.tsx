import type { Board } from '../board';
import type { Extent } from '../crop';
import { useFrame } from '../useBoard';

interface LiveCropProps {
  board: Board;
  /** The format's key. */
  id: string;
  src: string;
  source: Extent;
  format: Extent;
}

/** The picture as a format cuts it, live. The frame around it has the format's shape. */
export function LiveCrop({ board, id, src, source, format }: LiveCropProps) {
  const picture = useFrame(board, id, { source, format });
  return <img ref={picture} src={src} alt="" draggable={false} decoding="async" className="absolute top-0 left-0 max-w-none select-none" />;
}
