// A mask as bytes, and the shapes that are drawn into it. Pure; pixels, origin top left, boxes half-open, 255 = change.
import type { Extent, Point } from '~/features/picture/view';

export interface Mask extends Extent {
  readonly data: Uint8Array;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const blank = ({ width, height }: Extent): Mask => ({ width, height, data: new Uint8Array(width * height) });

export const whole = ({ width, height }: Extent): Box => ({ left: 0, top: 0, right: width, bottom: height });

/** The pixels of a mask that a box touches. */
export function within(box: Box, { width, height }: Extent): Box {
  return {
    left: Math.max(0, Math.floor(box.left)),
    top: Math.max(0, Math.floor(box.top)),
    right: Math.min(width, Math.ceil(box.right)),
    bottom: Math.min(height, Math.ceil(box.bottom)),
  };
}

/** The smallest box around both. */
export const around = (one: Box | null, other: Box): Box =>
  one
    ? {
        left: Math.min(one.left, other.left),
        top: Math.min(one.top, other.top),
        right: Math.max(one.right, other.right),
        bottom: Math.max(one.bottom, other.bottom),
      }
    : other;

export interface Stroke {
  from: Point;
  to: Point;
  radius: number;
  /** True where it marks, false where it takes marks away. */
  marks: boolean;
}

export const reach = ({ from, to, radius }: Stroke): Box => ({
  left: Math.min(from.x, to.x) - radius - 1,
  top: Math.min(from.y, to.y) - radius - 1,
  right: Math.max(from.x, to.x) + radius + 1,
  bottom: Math.max(from.y, to.y) + radius + 1,
});

/** Draws one piece of a stroke with round ends and soft rims: pieces that share an end join without a seam. */
export function draw({ data, ...size }: Mask, stroke: Stroke): void {
  const { from, to, radius, marks } = stroke;
  const box = within(reach(stroke), size);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy || 1;
  const [inner, outer] = [Math.max(0, radius - 0.5) ** 2, (radius + 0.5) ** 2];
  for (let y = box.top; y < box.bottom; y++) {
    const py = y + 0.5 - from.y;
    const row = y * size.width;
    for (let x = box.left; x < box.right; x++) {
      const px = x + 0.5 - from.x;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const [ex, ey] = [px - along * dx, py - along * dy];
      const apart = ex * ex + ey * ey;
      if (apart >= outer) continue;
      const level = apart <= inner ? 255 : Math.round(255 * (radius + 0.5 - Math.sqrt(apart)));
      const before = data[row + x] ?? 0;
      data[row + x] = marks ? Math.max(before, level) : Math.min(before, 255 - level);
    }
  }
}

/** Sets every pixel of a box. */
export function fill({ data, ...size }: Mask, box: Box, level: number): void {
  const { left, top, right, bottom } = within(box, size);
  for (let y = top; y < bottom; y++) data.fill(level, y * size.width + left, y * size.width + right);
}

/** Swaps what changes and what stays. */
export function invert({ data }: Mask): void {
  for (let index = 0; index < data.length; index++) data[index] = 255 - (data[index] ?? 0);
}
