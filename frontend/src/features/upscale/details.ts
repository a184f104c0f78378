// Where a picture has the most to show: the places one looks at to judge an enlargement. Pure.

export interface Extent {
  width: number;
  height: number;
}

export interface Spot {
  /** Of the middle, as fractions of the picture's sides. */
  x: number;
  y: number;
}

const CELLS = 10;

/** How much neighbours differ in each cell of a grid over the picture; the rim is left out. */
function energies(light: ArrayLike<number>, { width, height }: Extent): Float64Array {
  const sums = new Float64Array(CELLS * CELLS);
  for (let y = 1; y < height - 1; y += 1) {
    const row = Math.floor((y / height) * CELLS) * CELLS;
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const bend = 4 * light[at]! - light[at - 1]! - light[at + 1]! - light[at - width]! - light[at + width]!;
      sums[row + Math.floor((x / width) * CELLS)]! += Math.abs(bend);
    }
  }
  return sums;
}

const middle = (cell: number): Spot => ({ x: ((cell % CELLS) + 0.5) / CELLS, y: (Math.floor(cell / CELLS) + 0.5) / CELLS });

/** The places with the finest detail, the finest first, each well apart from the others. */
export function sharpest(light: ArrayLike<number>, size: Extent, count: number): Spot[] {
  const sums = energies(light, size);
  const cells = [...sums.keys()].toSorted((a, b) => sums[b]! - sums[a]!);
  const found: Spot[] = [];
  for (const cell of cells) {
    const spot = middle(cell);
    if (found.every(({ x, y }) => Math.max(Math.abs(x - spot.x), Math.abs(y - spot.y)) > 1.5 / CELLS)) found.push(spot);
    if (found.length === count) break;
  }
  return found;
}

const begin = (share: number, length: number, span: number) => Math.round(Math.min(Math.max(share * length - span / 2, 0), length - span));

/** The box of a detail around a spot, within the picture, in its pixels. */
export function boxAround({ x, y }: Spot, picture: Extent, side: number) {
  const [width, height] = [Math.min(side, picture.width), Math.min(side, picture.height)];
  return { left: begin(x, picture.width, width), top: begin(y, picture.height, height), width, height };
}
