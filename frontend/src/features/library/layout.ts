// Where pictures stand. The library is cut into blocks of a page each; a block knows its own lanes, so that a page
// which arrives late moves the blocks below it and changes nothing inside them. Pure.

/** The room there is: lanes of `lane` pixels, `gap` apart. */
export interface Geometry {
  lanes: number;
  lane: number;
  gap: number;
}

interface Cell {
  column: number;
  /** In pixels from the block's top. */
  top: number;
  height: number;
}

interface Block {
  cells: readonly Cell[];
  /** With the gap that follows. */
  height: number;
}

export interface Layout extends Geometry {
  blocks: readonly Block[];
  /** Where each block begins; one more for the end. */
  tops: readonly number[];
  size: number;
}

/** A picture's place on the page. */
export interface Spot {
  index: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Shapes for pictures that have not been heard of yet. */
const UNKNOWN = [0.8, 1, 1.5, 0.8, 1.33, 1, 0.75, 1.78] as const;
/** How much a lane gives to end flush with its neighbours; pictures are cut by that much, which nobody sees. */
const GIVE = 0.18;

export function geometryOf(width: number, wanted: number, gap: number): Geometry {
  const lanes = Math.max(2, Math.round(width / wanted));
  return { lanes, gap, lane: (width - gap * (lanes - 1)) / lanes };
}

/** One page as masonry: each picture goes to the shortest lane; all but the library's last block end flush. */
function blockOf(ratios: readonly number[], { lanes, lane, gap }: Geometry, last: boolean): Block {
  const ends = Array.from({ length: lanes }, () => 0);
  const counts = Array.from({ length: lanes }, () => 0);
  const cells = ratios.map((ratio) => {
    const column = ends.indexOf(Math.min(...ends));
    const cell = { column, top: ends[column]!, height: lane / ratio };
    ends[column] = cell.top + cell.height + gap;
    counts[column]! += 1;
    return cell;
  });
  if (last || ratios.length < lanes * 2) return { cells, height: Math.max(0, ...ends) };
  const height = ends.reduce((sum, end) => sum + end, 0) / lanes;
  const stretch = ends.map((end, column) => {
    const gaps = gap * counts[column]!;
    return Math.min(1 + GIVE, Math.max(1 - GIVE, (height - gaps) / (end - gaps)));
  });
  return { cells: flush(cells, stretch, gap), height };
}

function flush(cells: readonly Cell[], stretch: readonly number[], gap: number): Cell[] {
  const ends = stretch.map(() => 0);
  return cells.map(({ column, height }) => {
    const cell = { column, top: ends[column]!, height: height * stretch[column]! };
    ends[column] = cell.top + cell.height + gap;
    return cell;
  });
}

interface Pages {
  total: number;
  /** How many a full page holds. */
  size: number;
  /** Width over height of a page's pictures, once it was heard of. */
  ratiosOf: (page: number) => readonly number[] | undefined;
}

export function layoutOf({ total, size, ratiosOf }: Pages, geometry: Geometry): Layout {
  const count = Math.ceil(total / size);
  const expected = new Map<number, Block>();
  const blocks = Array.from({ length: count }, (_, page) => {
    const last = page === count - 1;
    const ratios = ratiosOf(page);
    if (ratios) return blockOf(ratios, geometry, last);
    const length = last ? total - page * size : size;
    const guess = expected.get(length) ?? blockOf(Array.from({ length }, (__, at) => UNKNOWN[at % UNKNOWN.length]!), geometry, last);
    expected.set(length, guess);
    return guess;
  });
  const tops = [0];
  for (const { height } of blocks) tops.push(tops.at(-1)! + height);
  return { ...geometry, blocks, tops, size };
}

export const heightOf = ({ tops, gap }: Layout) => Math.max(0, tops.at(-1)! - gap);

/** The block that covers a height; the last one below everything. */
export function blockAt({ tops }: Layout, y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

function spotIn(layout: Layout, page: number, at: number): Spot | undefined {
  const cell = layout.blocks[page]?.cells[at];
  if (!cell) return undefined;
  const { lane, gap, size, tops } = layout;
  return { index: page * size + at, left: cell.column * (lane + gap), top: tops[page]! + cell.top, width: lane, height: cell.height };
}

export const spotOf = (layout: Layout, index: number) => spotIn(layout, Math.floor(index / layout.size), index % layout.size);

/** The pictures between two heights, in reading order. */
export function spotsBetween(layout: Layout, from: number, to: number): Spot[] {
  const found: Spot[] = [];
  for (let page = blockAt(layout, from); page < layout.blocks.length && layout.tops[page]! < to; page++) {
    layout.blocks[page]!.cells.forEach((cell, at) => {
      const top = layout.tops[page]! + cell.top;
      if (top < to && top + cell.height > from) found.push(spotIn(layout, page, at)!);
    });
  }
  return found;
}

/** The picture that an arrow key leads to: left and right in reading order, up and down along the lane. */
export function neighbour(layout: Layout, index: number, key: string): number | null {
  const last = layout.blocks.reduce((sum, { cells }) => sum + cells.length, 0) - 1;
  const ways: Record<string, () => number> = {
    ArrowLeft: () => index - 1,
    ArrowRight: () => index + 1,
    Home: () => 0,
    End: () => last,
    ArrowUp: () => along(layout, index, -1),
    ArrowDown: () => along(layout, index, 1),
  };
  const to = ways[key]?.();
  return to === undefined ? null : Math.min(last, Math.max(0, to));
}

function along(layout: Layout, index: number, way: 1 | -1): number {
  const here = spotOf(layout, index);
  if (!here) return index;
  const edge = way > 0 ? here.top + here.height : here.top - layout.gap;
  const reach = way * 2000;
  const near = spotsBetween(layout, Math.min(edge, edge + reach), Math.max(edge, edge + reach)).filter(({ left }) => left === here.left);
  return (way > 0 ? near[0] : near.at(-1))?.index ?? index;
}

/** A picture and how far below the window's upper edge it stands. */
export interface Anchor {
  index: number;
  below: number;
}

/** What should stay where it is when everything else moves: a wished-for picture in view, or the first whole one. */
export function anchorOf(layout: Layout, top: number, height: number, wished?: number): Anchor | undefined {
  const seen = spotsBetween(layout, top, top + height);
  const held = seen.find(({ index }) => index === wished) ?? seen.find((spot) => spot.top >= top) ?? seen[0];
  return held && { index: held.index, below: held.top - top };
}

/** Where to scroll so that the anchor stands where it stood. */
export function keepAt(layout: Layout, { index, below }: Anchor): number {
  return Math.max(0, (spotOf(layout, index)?.top ?? 0) - below);
}
