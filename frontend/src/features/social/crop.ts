/**
 * The window of a format around a chosen point. The server computes the same (backend/imaging/crop/windows.py), and
 * both keep to crop-vectors.json: a preview shows what will be cut.
 */

export interface Extent {
  width: number;
  height: number;
}

/** Fractions 0..1 of a picture's width and height. */
export interface Focus {
  x: number;
  y: number;
}

export interface CropBox extends Extent {
  left: number;
  top: number;
}

/** The size of the largest window of the format's shape within the source, in whole pixels. */
function windowOf(source: Extent, format: Extent): Extent {
  if (source.width * format.height >= source.height * format.width) {
    return { width: atLeastOne(source.height * format.width, format.height), height: source.height };
  }
  return { width: source.width, height: atLeastOne(source.width * format.height, format.width) };
}

/** That window, or one `zoom` times as close, with its middle on the focus, or as near to it as it fits. */
export function cropAround(source: Extent, format: Extent, focus: Focus, zoom = 1): CropBox {
  const size = closer(windowOf(source, format), zoom);
  return {
    left: starting(focus.x, source.width, size.width),
    top: starting(focus.y, source.height, size.height),
    ...size,
  };
}

const closer = ({ width, height }: Extent, zoom: number): Extent => ({
  width: Math.max(1, Math.round(width / zoom)),
  height: Math.max(1, Math.round(height / zoom)),
});

/** The middle of a window, as fractions of the source. */
export const focusOf = (box: CropBox, source: Extent): Focus => ({
  x: (box.left + box.width / 2) / source.width,
  y: (box.top + box.height / 2) / source.height,
});

function starting(focus: number, length: number, span: number): number {
  return Math.min(Math.max(Math.floor(focus * length - span / 2 + 0.5), 0), length - span);
}

function atLeastOne(numerator: number, denominator: number): number {
  return Math.max(1, Math.floor((2 * numerator + denominator) / (2 * denominator)));
}
