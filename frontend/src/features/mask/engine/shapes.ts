// Closed lines drawn into a mask: lassos, polygons, ellipses. Pure; edges are smooth to a quarter of a pixel.
import type { Point } from '~/features/picture/view';
import { within, type Box, type Mask } from './raster';

const ROWS = 4;

interface Edge {
  top: number;
  bottom: number;
  /** Where it is at its top, and by how much it moves for each pixel down. */
  x: number;
  slope: number;
  /** Whether it goes down or up. */
  turn: 1 | -1;
}

/** The box around points, with a pixel to spare. */
export function boxOf(points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x - 1);
    box.top = Math.min(box.top, y - 1);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
}

function edgesOf(points: readonly Point[]): Edge[] {
  const edges = points.flatMap((from, index): Edge[] => {
    const to = points[(index + 1) % points.length] ?? from;
    if (from.y === to.y) return [];
    const [high, low] = from.y < to.y ? [from, to] : [to, from];
    return [{ top: high.y, bottom: low.y, x: high.x, slope: (low.x - high.x) / (low.y - high.y), turn: from.y < to.y ? 1 : -1 }];
  });
  return edges.toSorted((one, other) => one.top - other.top);
}

/** Adds a span's share of each pixel to the row: full pixels as a rise and a fall, its two ends by how much they cover. */
function cover(row: Float64Array, left: number, right: number): void {
  const [start, end] = [Math.max(0, left), Math.min(row.length - 2, right)];
  if (start >= end) return;
  const [first, last] = [Math.floor(start), Math.floor(end)];
  const add = (at: number, by: number) => {
    row[at]! += by;
    row[at + 1]! -= by;
  };
  if (first === last) return add(first, end - start);
  add(first, first + 1 - start);
  row[first + 1]! += 1;
  row[last]! -= 1;
  return add(last, end - last);
}

/** The spans of one line across the edges that it meets: inside is wherever the outline winds around, however often. */
function scan(row: Float64Array, edges: readonly Edge[], y: number, left: number): void {
  const met = edges.filter(({ top, bottom }) => top <= y && y < bottom).map((edge) => ({ x: edge.x + (y - edge.top) * edge.slope - left, turn: edge.turn }));
  met.sort((one, other) => one.x - other.x);
  let winding = 0;
  let from = 0;
  for (const { x, turn } of met) {
    if (winding === 0) from = x;
    winding += turn;
    if (winding === 0) cover(row, from, x);
  }
}

/** Marks, or unmarks, what lies inside a closed line of points. */
export function fillPath({ data, ...size }: Mask, points: readonly Point[], marks: boolean): void {
  const box = within(boxOf(points), size);
  const edges = edgesOf(points);
  let next = 0;
  let near: Edge[] = [];
  for (let y = box.top; y < box.bottom; y++) {
    while (next < edges.length && edges[next]!.top < y + 1) near.push(edges[next++]!);
    near = near.filter(({ bottom }) => bottom > y);
    if (near.length === 0) continue;
    const row = new Float64Array(box.right - box.left + 2);
    for (let part = 0; part < ROWS; part++) scan(row, near, y + (part + 0.5) / ROWS, box.left);
    let sum = 0;
    for (let at = 0; at < row.length - 2; at++) {
      sum += row[at]!;
      const level = Math.round((255 * sum) / ROWS);
      if (level <= 0) continue;
      const put = y * size.width + box.left + at;
      data[put] = marks ? Math.max(data[put] ?? 0, level) : Math.min(data[put] ?? 0, 255 - level);
    }
  }
}

/** The ellipse in a box, as so many points that no edge is seen. */
export function ellipseIn({ left, top, right, bottom }: Box): Point[] {
  const [rx, ry] = [(right - left) / 2, (bottom - top) / 2];
  const count = Math.min(720, Math.max(24, Math.ceil(8 * Math.sqrt(Math.max(rx, ry)))));
  return Array.from({ length: count }, (_, step) => {
    const angle = (2 * Math.PI * step) / count;
    return { x: left + rx + rx * Math.cos(angle), y: top + ry + ry * Math.sin(angle) };
  });
}
