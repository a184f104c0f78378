// Frames of many shapes in rows without gaps: the tall ones first, each row of one height. Pure.

interface Shaped {
  ratio: number;
}

export interface Row<Item> {
  items: readonly Item[];
  /** Of the frames, in pixels; widths follow from the ratios. */
  height: number;
  /** What is left of the width for the last of them. */
  last: number;
}

interface Spacing {
  /** Between frames. */
  gap: number;
  /** What every row takes below its frames. */
  below: number;
}

const UPRIGHT = 1.2;

/** How high a row may be that begins with a shape: upright shapes get more room than banners. */
export const tallest = (ratio: number, scale = 1) => (ratio < UPRIGHT ? 248 : ratio < 2.4 ? 150 : 112) * scale;

/** A row that ends early still fills the width where that makes it no more than so much higher. */
const STRETCH = 1.35;

const heightOf = (items: readonly Shaped[], width: number, gap: number) =>
  (width - gap * (items.length - 1)) / items.reduce((sum, { ratio }) => sum + ratio, 0);

function rowOf<Item extends Shaped>(items: readonly Item[], width: number, gap: number, most: number): Row<Item> {
  const whole = heightOf(items, width, gap);
  const height = whole <= most * STRETCH ? whole : most;
  const before = items.slice(0, -1).reduce((sum, { ratio }) => sum + Math.floor(ratio * height) + gap, 0);
  return { items, height, last: width - before };
}

/**
 * Fills rows of a width: a row takes shapes until it is as low as its first shape asks for. A row that upright shapes
 * began takes no wide ones; it may end early, and so may the last.
 */
export function rowsOf<Item extends Shaped>(items: readonly Item[], width: number, gap: number, scale = 1): Row<Item>[] {
  const rows: Row<Item>[] = [];
  let row: Item[] = [];
  const close = () => {
    if (row[0]) rows.push(rowOf(row, width, gap, tallest(row[0].ratio, scale)));
    row = [];
  };
  for (const item of items.toSorted((a, b) => a.ratio - b.ratio)) {
    if (row[0] && row[0].ratio < UPRIGHT && item.ratio >= UPRIGHT) close();
    row.push(item);
    if (heightOf(row, width, gap) <= tallest(row[0]!.ratio, scale)) close();
  }
  close();
  return rows;
}

const SCALES = [1.6, 1.45, 1.3, 1.15, 1];

/** Rows as large as all of them are seen at once in a room; of the usual size where they never are. */
export function fitting<Item extends Shaped>(items: readonly Item[], room: { width: number; height: number }, { gap, below }: Spacing): Row<Item>[] {
  for (const scale of SCALES) {
    const rows = rowsOf(items, room.width, gap, scale);
    if (rows.reduce((sum, { height }) => sum + height + below, 0) <= room.height) return rows;
  }
  return rowsOf(items, room.width, gap);
}
