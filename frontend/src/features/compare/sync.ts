// Looking at several pictures as one: the same part of each, as close in each, whatever their sizes. Pure.
import { fitted, settled, type Extent, type Point, type View } from '~/features/picture/view';

/** Where one looks, without regard to any picture's size. */
export interface Look {
  /** Times as close as where the whole picture is seen; at least 1. */
  closer: number;
  /** The middle of what is seen, as shares 0..1 of the picture. */
  x: number;
  y: number;
}

export const WHOLE: Look = { closer: 1, x: 0.5, y: 0.5 };
const CLOSEST = 24;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The view of one picture in its box. */
export function viewOf({ closer, x, y }: Look, picture: Extent, box: Extent): View {
  const scale = fitted(picture, box).scale * closer;
  const view = { scale, x: box.width / 2 - x * picture.width * scale, y: box.height / 2 - y * picture.height * scale };
  return settled(view, picture, box);
}

/** Where a view of one picture looks: what others follow. */
export function lookOf(view: View, picture: Extent, box: Extent): Look {
  const closer = view.scale / fitted(picture, box).scale;
  if (closer <= 1.001) return WHOLE;
  return {
    closer,
    x: clamp((box.width / 2 - view.x) / (picture.width * view.scale), 0, 1),
    y: clamp((box.height / 2 - view.y) / (picture.height * view.scale), 0, 1),
  };
}

/** `factor` times as close, with what lies under `at` of the box staying there. */
export function nearer(look: Look, factor: number, place: { picture: Extent; box: Extent; at: Point }): Look {
  const { picture, box, at } = place;
  const view = viewOf(look, picture, box);
  const closer = clamp(look.closer * factor, 1, CLOSEST);
  const grown = closer / look.closer;
  const next = { scale: view.scale * grown, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
  return lookOf(settled(next, picture, box), picture, box);
}

/** The same closeness elsewhere: steps are shares of what is seen. */
export const stepped = ({ closer, x, y }: Look, by: Point): Look => ({
  closer,
  x: clamp(x + by.x / closer, 0, 1),
  y: clamp(y + by.y / closer, 0, 1),
});

/** The part of a picture that is seen, as shares 0..1 of it. */
export function seen(view: View, picture: Extent, box: Extent) {
  const [width, height] = [picture.width * view.scale, picture.height * view.scale];
  const [left, top] = [clamp(-view.x / width, 0, 1), clamp(-view.y / height, 0, 1)];
  return { left, top, width: clamp(box.width / width, 0, 1 - left), height: clamp(box.height / height, 0, 1 - top) };
}

export const FEWEST = 2;
export const MOST = 4;

/** The pictures that an address names: each once, at most four. */
export const idsIn = (text: string | undefined): readonly string[] => [...new Set((text ?? '').split(',').filter(Boolean))].slice(0, MOST);

/** The others move up, and the first goes last; of two, they change places. */
export const turned = (ids: readonly string[]): readonly string[] => [...ids.slice(1), ...ids.slice(0, 1)];
