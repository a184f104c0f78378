// Pictures in rows that are all as wide as the page, each at its own shape. Pure.

interface Row<Item> {
  items: readonly Item[];
  /** In pixels. */
  height: number;
}

/** The least that a row is filled before it may stretch to the page's width. */
const FULL = 0.72;

/** Rows about `wanted` pixels high, at most `most` of them. A last row that would be stretched too far keeps its height if it is the first or second, else it is left out. */
export function rowsOf<Item>(items: readonly Item[], ratioOf: (item: Item) => number, page: { width: number; gap: number; wanted: number; most: number }): Row<Item>[] {
  const rows: Row<Item>[] = [];
  let row: Item[] = [];
  let ratios = 0;
  const room = (count: number) => page.width - page.gap * (count - 1);
  const close = (height: number) => {
    rows.push({ items: row, height });
    [row, ratios] = [[], 0];
  };
  for (const item of items) {
    row.push(item);
    ratios += ratioOf(item);
    const height = room(row.length) / ratios;
    if (height <= page.wanted) close(height);
    if (rows.length === page.most) return rows;
  }
  if (row.length === 0) return rows;
  const fits = ratios * page.wanted >= room(row.length) * FULL;
  if (fits) close(room(row.length) / ratios);
  else if (rows.length < 2) close(page.wanted);
  return rows;
}
