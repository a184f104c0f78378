// The room takes its light from the open picture: two colours of its ThumbHash, clamped so that text stays readable.
import { useEffect } from 'react';
import { thumbHashToRGBA } from 'thumbhash';
import { bytesOf } from './thumbhash';

interface Oklch {
  l: number;
  c: number;
  /** Radians. */
  h: number;
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

/** sRGB (0..1) to OKLCH. Source: https://bottosson.github.io/posts/oklab/ */
export function oklch(red: number, green: number, blue: number): Oklch {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(a, bb), h: Math.atan2(bb, a) };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

const css = ({ c, h }: Oklch, l: number, most: number) =>
  `oklch(${l.toFixed(3)} ${Math.min(c, most).toFixed(3)} ${((h * 180) / Math.PI).toFixed(1)})`;

/** A glow of this colour: light L .90-.95 and C up to .05, dark L .20-.28 and C up to .06. */
export function glowOf(colour: Oklch): string {
  const bright = css(colour, clamp(0.9 + colour.l * 0.05, 0.9, 0.95), 0.05);
  const dim = css(colour, clamp(0.2 + colour.l * 0.08, 0.2, 0.28), 0.06);
  return `light-dark(${bright}, ${dim})`;
}

/** The mean colour of a band of rows, from `from` to `to` (fractions of the height). */
function bandOf(image: { w: number; h: number; rgba: Uint8Array }, from: number, to: number): Oklch {
  const start = Math.floor(image.h * from) * image.w * 4;
  const end = Math.ceil(image.h * to) * image.w * 4;
  const sum = [0, 0, 0];
  for (let i = start; i < end; i += 4) {
    for (let channel = 0; channel < 3; channel++) sum[channel]! += image.rgba[i + channel] ?? 0;
  }
  const scale = 255 * Math.max(1, (end - start) / 4);
  return oklch(sum[0]! / scale, sum[1]! / scale, sum[2]! / scale);
}

/** Lights the room with a picture; without one, with the default lamp. */
function light(thumbhash: string | null | undefined): void {
  const { style } = document.documentElement;
  if (!thumbhash) {
    style.removeProperty('--glow-a');
    style.removeProperty('--glow-b');
    return;
  }
  const image = thumbHashToRGBA(bytesOf(thumbhash));
  style.setProperty('--glow-a', glowOf(bandOf(image, 0, 0.4)));
  style.setProperty('--glow-b', glowOf(bandOf(image, 0.6, 1)));
}

/** Lights the room with a picture for as long as the page stands. */
export function useGlow(thumbhash: string | null | undefined): void {
  useEffect(() => {
    light(thumbhash);
    return () => light(null);
  }, [thumbhash]);
}
