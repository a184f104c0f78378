// What is seen of a mask: a tint over what is marked, with a bright line around it. Pure: bytes in, RGBA bytes out.
import type { View } from '~/features/picture/view';
import type { Box, Mask } from './raster';

/** Red, green, blue 0..255 and opacity 0..1. */
export type Colour = readonly [number, number, number, number];

interface Look {
  /** Of the shown pixels, not of the page's. */
  view: View;
  tint: Colour;
  line: Colour;
}

const HALF = 128;

/** The levels under a box of shown pixels with one more row and column on each side, 0 beside the picture. */
function sample({ data, width, height }: Mask, view: View, box: Box): Uint8Array {
  const [columns, rows] = [box.right - box.left + 2, box.bottom - box.top + 2];
  const levels = new Uint8Array(columns * rows);
  const step = 1 / view.scale;
  // Far away, four places of a shown pixel are read, so that rims stay smooth.
  const spread = step > 1 ? step / 4 : 0;
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[Math.floor(y) * width + Math.floor(x)] ?? 0));
  for (let row = 0; row < rows; row++) {
    const y = (box.top + row - 0.5 - view.y) * step;
    if (y < -step || y > height + step) continue;
    for (let column = 0; column < columns; column++) {
      const x = (box.left + column - 0.5 - view.x) * step;
      levels[row * columns + column] = spread
        ? (at(x - spread, y - spread) + at(x + spread, y - spread) + at(x - spread, y + spread) + at(x + spread, y + spread)) / 4
        : at(x, y);
    }
  }
  return levels;
}

/** The pixels of a box of the stage, RGBA; `box` is in shown pixels. */
export function tinted(mask: Mask, box: Box, { view, tint, line }: Look): Uint8ClampedArray<ArrayBuffer> {
  const levels = sample(mask, view, box);
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const row = wide + 2;
  const out = new Uint8ClampedArray(wide * high * 4);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = (y + 1) * row + x + 1;
      const level = levels[at] ?? 0;
      const inside = level >= HALF;
      const rim =
        levels[at - 1]! >= HALF !== inside ||
        levels[at + 1]! >= HALF !== inside ||
        levels[at - row]! >= HALF !== inside ||
        levels[at + row]! >= HALF !== inside;
      if (!rim && level === 0) continue;
      const colour = rim ? line : tint;
      const put = (y * wide + x) * 4;
      out[put] = colour[0];
      out[put + 1] = colour[1];
      out[put + 2] = colour[2];
      out[put + 3] = colour[3] * (rim ? 255 : level);
    }
  }
  return out;
}
