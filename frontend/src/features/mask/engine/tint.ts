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

/** Which columns, or rows, of the mask shown ones lie on; -1 beside the picture. */
function places(count: number, first: number, step: number, most: number, spread: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => {
    const place = Math.floor((first + at) * step + spread);
    return place >= 0 && place < most ? place : -1;
  });
}

/** The levels under a box of shown pixels with one more row and column on each side, 0 beside the picture. */
function sample({ data, width, height }: Mask, view: View, box: Box): Uint8Array {
  const [columns, rows] = [box.right - box.left + 2, box.bottom - box.top + 2];
  const levels = new Uint8Array(columns * rows);
  const step = 1 / view.scale;
  // Far away, four places of a shown pixel are read, so that rims stay smooth.
  const spread = step > 1 ? step / 4 : 0;
  const across = (by: number) => places(columns, box.left - 0.5 - view.x, step, width, by);
  const down = (by: number) => places(rows, box.top - 0.5 - view.y, step, height, by);
  const [left, right, upper, lower] = [across(-spread), across(spread), down(-spread), down(spread)];
  for (let row = 0; row < rows; row++) {
    const [above, below] = [upper[row]! * width, lower[row]! * width];
    for (let column = 0; column < columns; column++) {
      const [one, other] = [left[column]!, right[column]!];
      let sum = 0;
      if (above >= 0) sum = (one < 0 ? 0 : data[above + one]!) + (other < 0 ? 0 : data[above + other]!);
      if (below >= 0) sum += (one < 0 ? 0 : data[below + one]!) + (other < 0 ? 0 : data[below + other]!);
      levels[row * columns + column] = sum >> 2;
    }
  }
  return levels;
}

/** A colour as canvases keep it, in one number. */
const wordOf = ([red, green, blue]: Colour, opacity: number) => ((Math.round(opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** The pixels of a box of the stage, RGBA; `box` is in shown pixels. */
export function tinted(mask: Mask, box: Box, { view, tint, line }: Look): Uint8ClampedArray<ArrayBuffer> {
  const levels = sample(mask, view, box);
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const row = wide + 2;
  const out = new Uint8ClampedArray(wide * high * 4);
  const words = new Uint32Array(out.buffer);
  const [rim, tints] = [wordOf(line, line[3] * 255), Uint32Array.from({ length: 256 }, (_, level) => (level ? wordOf(tint, tint[3] * level) : 0))];
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = (y + 1) * row + x + 1;
      const level = levels[at]!;
      const inside = level >= HALF;
      const edge = levels[at - 1]! >= HALF !== inside || levels[at + 1]! >= HALF !== inside || levels[at - row]! >= HALF !== inside || levels[at + row]! >= HALF !== inside;
      words[y * wide + x] = edge ? rim : tints[level]!;
    }
  }
  return out;
}
