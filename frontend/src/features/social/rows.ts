// Frames of many shapes in rows without gaps: the tall ones first, each row of one height. Pure.

interface Shaped {
  ratio: number;
}

export interface Row<Item> {
  items: readonly Item[];
  /** Of the frames, in pixels; widths follow from the ratios. */
  height: number;
}

const UPRIGHT = 1.2;

/** How high a row may be that begins with a shape: upright shapes get more room than banners. */
export const tallest = (ratio: number, scale = 1) => (ratio < UPRIGHT ? 248 : ratio < 2.4 ? 150 : 112) * scale;

/** Few shapes are shown larger. */
export const scaleFor = (count: number) => (count <= 5 ? 1.5 : count <= 9 ? 1.25 : 1);

const heightOf = (items: readonly Shaped[], width: number, gap: number) =>
  (width - gap * (items.length - 1)) / items.reduce((sum, { ratio }) => sum + ratio, 0);

/**
 * Fills rows of a width: a row takes shapes until it is as low as its first shape asks for. A row that upright shapes
 * began takes no wide ones; it may end early, and so may the last.
 */
export function rowsOf<Item extends Shaped>(items: readonly Item[], width: number, gap: number): Row<Item>[] {
  const scale = scaleFor(items.length);
  const rows: Row<Item>[] = [];
  let row: Item[] = [];
  const close = () => {
    if (row[0]) rows.push({ items: row, height: Math.min(heightOf(row, width, gap), tallest(row[0].ratio, scale)) });
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
