// Which colour a mask is shown in: the one that the picture has least of.
import { thumbHashToRGBA } from 'thumbhash';
import { oklch } from '~/lib/glow';
import { bytesOf } from '~/lib/thumbhash';

export type Tint = 'pink' | 'cyan' | 'lime';

type Lab = readonly [number, number, number];

/** The tints as 0..255, as `tokens.css` has them; the first is taken unless another stands out clearly more. */
const TINTS: Record<Tint, readonly [number, number, number]> = { pink: [255, 45, 138], cyan: [0, 194, 238], lime: [143, 221, 0] };
const CLEARLY = 1.12;
// A tint lets light and dark through: its hue is what tells it from the picture.
const BRIGHTNESS = 0.4;

function labOf(red: number, green: number, blue: number): Lab {
  const { l, c, h } = oklch(red / 255, green / 255, blue / 255);
  return [l, c * Math.cos(h), c * Math.sin(h)];
}

/** The tint that is farthest from the colours of a picture (RGBA). */
export function farthest(rgba: Uint8Array): Tint {
  const apart = (tint: Tint) => {
    const [l, a, b] = labOf(...TINTS[tint]);
    let total = 0;
    for (let at = 0; at + 3 < rgba.length; at += 12) {
      const [pl, pa, pb] = labOf(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!);
      total += Math.hypot(BRIGHTNESS * (l - pl), a - pa, b - pb);
    }
    return total;
  };
  const other = apart('cyan') > apart('lime') ? 'cyan' : 'lime';
  return apart(other) > CLEARLY * apart('pink') ? other : 'pink';
}

export const tintOf = (thumbhash: string | null | undefined): Tint => (thumbhash ? farthest(thumbHashToRGBA(bytesOf(thumbhash)).rgba) : 'pink');
