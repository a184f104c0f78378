import { clsx } from 'clsx';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Viewing } from '~/features/picture/useView';
import type { MaskEngine } from '../engine/engine';
import { around, whole, type Box, type Mask } from '../engine/raster';
import { tinted, type Colour } from '../engine/tint';
import type { Tint } from '../tints';
import { marching } from './marching';

// A change of the whole is shown in bands of so many pixels, one for each frame: the page goes on meanwhile.
const BAND_PIXELS = 250_000;
// Sharper than this is not seen on a tint, and costs.
const MOST_PIXELS = 2_500_000;
const OPACITY = 0.52;
const WHITE = [255, 255, 255, 1] as const;
// Whole names, so that they are found in the sources.
const COLOURS: Record<Tint, string> = { pink: 'text-mask', cyan: 'text-mask-cyan', lime: 'text-mask-lime' };

const numbers = (colour: string): number[] => colour.match(/[\d.]+/g)?.map(Number) ?? [];

function colourOf(element: Element, opacity: number): Colour {
  const [red = 0, green = 0, blue = 0] = numbers(getComputedStyle(element).color);
  return [red, green, blue, opacity];
}

interface MaskLayerProps {
  engine: MaskEngine;
  viewing: Viewing;
  tint: Tint;
  /** Only the edge is shown, and it moves. */
  outline: boolean;
  /** Shown in place of the engine's mask, at any size: how it would be. */
  instead: Mask | null;
}

/** The mask over its picture. Only what changed is drawn again, once for each frame. */
export function MaskLayer({ engine, viewing, tint, outline, instead }: MaskLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { view } = viewing;
  const { width, height } = viewing.box;
  const ratio = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (width * height)));
  const sheet = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  const latest = useRef({ view, ratio, outline, instead });
  useLayoutEffect(() => {
    latest.current = { view, ratio, outline, instead };
    if (canvas.current) paint(canvas.current, engine, null, latest.current);
  }, [engine, view, ratio, outline, instead]);
  useEffect(() => {
    let dirty: Box | null = null;
    let frame = 0;
    const render = () => {
      frame = 0;
      if (!canvas.current || !dirty) return;
      const [band, rest] = bandOf(dirty, canvas.current.width, latest.current);
      dirty = rest;
      if (rest) frame = requestAnimationFrame(render);
      paint(canvas.current, engine, band, latest.current);
    };
    const stop = engine.listen((changed) => {
      if (!changed) return;
      dirty = around(dirty, changed);
      frame ||= requestAnimationFrame(render);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [engine]);
  useEffect(() => (outline && canvas.current ? marching(canvas.current) : undefined), [outline]);

  return <canvas ref={canvas} aria-hidden {...sheet} className={clsx('pointer-events-none absolute inset-0 size-full', COLOURS[tint])} />;
}

interface Shown {
  view: Viewing['view'];
  ratio: number;
  outline: boolean;
  instead: Mask | null;
}

/** As much of a box of the picture as is drawn at once, and what is left of it. */
function bandOf(box: Box, shown: number, { view, ratio }: Shown): [Box, Box | null] {
  const scale = view.scale * ratio;
  const across = Math.min(shown, (box.right - box.left) * scale);
  const bottom = box.top + Math.max(1, BAND_PIXELS / Math.max(1, across) / scale);
  return bottom < box.bottom ? [{ ...box, bottom }, { ...box, top: bottom }] : [box, null];
}

/** Draws a box of the picture, or everything. */
function paint(canvas: HTMLCanvasElement, engine: MaskEngine, changed: Box | null, { view, ratio, outline, instead }: Shown): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const mask = instead ?? engine.mask;
  const shown = { scale: (view.scale * ratio * engine.mask.width) / mask.width, x: view.x * ratio, y: view.y * ratio };
  if (!changed || instead) context.clearRect(0, 0, canvas.width, canvas.height);
  const part = instead ? whole(mask) : (changed ?? whole(mask));
  const box = {
    left: Math.max(0, Math.floor(part.left * shown.scale + shown.x) - 2),
    top: Math.max(0, Math.floor(part.top * shown.scale + shown.y) - 2),
    right: Math.min(canvas.width, Math.ceil(part.right * shown.scale + shown.x) + 2),
    bottom: Math.min(canvas.height, Math.ceil(part.bottom * shown.scale + shown.y) + 2),
  };
  if (box.right <= box.left || box.bottom <= box.top || (!changed && engine.empty)) return;
  const look = { view: shown, tint: colourOf(canvas, outline ? 0 : OPACITY), line: WHITE };
  context.putImageData(new ImageData(tinted(mask, box, look), box.right - box.left, box.bottom - box.top), box.left, box.top);
}
