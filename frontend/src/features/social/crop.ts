/**
 * The window of a format around a chosen point. The server computes the same (backend/imaging/crop/windows.py), and
 * both keep to crop-vectors.json: a preview shows what will be cut.
 */

interface Extent {
  width: number;
  height: number;
}

/** Fractions 0..1 of a picture's width and height. */
interface Focus {
  x: number;
  y: number;
}

interface CropBox extends Extent {
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

/** That window with its middle on the focus, or as near to it as it fits. */
export function cropAround(source: Extent, format: Extent, focus: Focus): CropBox {
  const size = windowOf(source, format);
  return {
    left: starting(focus.x, source.width, size.width),
    top: starting(focus.y, source.height, size.height),
    ...size,
  };
}

function starting(focus: number, length: number, span: number): number {
  return Math.min(Math.max(Math.floor(focus * length - span / 2 + 0.5), 0), length - span);
}

function atLeastOne(numerator: number, denominator: number): number {
  return Math.max(1, Math.floor((2 * numerator + denominator) / (2 * denominator)));
}
