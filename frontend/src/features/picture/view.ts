// Where a picture lies in the box that shows it: scale and place. Pure; points and places in CSS pixels of the box.

export interface Extent {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Box pixels per picture pixel, and where the picture's top left corner is. */
export interface View extends Point {
  scale: number;
}

const CLOSEST = 16;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The whole picture, as large as the box has room for with a margin around it; small pictures are not blown up. */
export function fitted(picture: Extent, box: Extent, margin = 0): View {
  const room = { width: Math.max(1, box.width - 2 * margin), height: Math.max(1, box.height - 2 * margin) };
  const scale = Math.min(room.width / picture.width, room.height / picture.height, 4);
  return { scale, x: (box.width - picture.width * scale) / 2, y: (box.height - picture.height * scale) / 2 };
}

const along = (place: number, length: number, room: number) =>
  length <= room ? (room - length) / 2 : clamp(place, room - length, 0);

/** The same view, with no empty room where there could be picture: what is smaller than the box stands in its middle. */
export function settled(view: View, picture: Extent, box: Extent): View {
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, box.width),
    y: along(view.y, picture.height * view.scale, box.height),
  };
}

/** The view `factor` times as close, with what is under `at` staying there; never further than `farthest`. */
export function zoomed(view: View, factor: number, at: Point, farthest: number): View {
  const scale = clamp(view.scale * factor, Math.min(farthest, 1), CLOSEST);
  const grown = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
}

/** The view dragged along by so many pixels. */
export const moved = (view: View, by: Point): View => ({ ...view, x: view.x + by.x, y: view.y + by.y });

/** The place in the picture, in its pixels, that is under a point of the box. */
export const toPicture = (view: View, { x, y }: Point): Point => ({ x: (x - view.x) / view.scale, y: (y - view.y) / view.scale });
