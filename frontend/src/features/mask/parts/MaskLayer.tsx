import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Viewing } from '~/features/picture/useView';
import type { MaskEngine } from '../engine/engine';
import { around, whole, type Box } from '../engine/raster';
import { tinted, type Colour } from '../engine/tint';

// Sharper than this is not seen on a tint, and costs.
const MOST_PIXELS = 2_500_000;
const OPACITY = 0.62;

const numbers = (colour: string): number[] => colour.match(/[\d.]+/g)?.map(Number) ?? [];

function colourOf(element: Element, opacity: number): Colour {
  const [red = 0, green = 0, blue = 0] = numbers(getComputedStyle(element).color);
  return [red, green, blue, opacity];
}

/** The mask over its picture. Only what changed is drawn again, once for each frame. */
export function MaskLayer({ engine, viewing }: { engine: MaskEngine; viewing: Viewing }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { view } = viewing;
  const { width, height } = viewing.box;
  const ratio = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (width * height)));
  const sheet = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  const latest = useRef({ view, ratio });
  useLayoutEffect(() => {
    latest.current = { view, ratio };
    if (canvas.current) paint(canvas.current, engine, null, latest.current);
  }, [engine, view, ratio]);
  useEffect(() => {
    let dirty: Box | null = null;
    let frame = 0;
    const render = () => {
      frame = 0;
      if (canvas.current && dirty) paint(canvas.current, engine, dirty, latest.current);
      dirty = null;
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

  return (
    <canvas
      ref={canvas}
      aria-hidden
      {...sheet}
      className="pointer-events-none absolute inset-0 size-full text-mask"
    />
  );
}

/** Draws a box of the picture, or everything. */
function paint(canvas: HTMLCanvasElement, engine: MaskEngine, changed: Box | null, { view, ratio }: { view: Viewing['view']; ratio: number }): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const shown = { scale: view.scale * ratio, x: view.x * ratio, y: view.y * ratio };
  if (!changed) context.clearRect(0, 0, canvas.width, canvas.height);
  const part = changed ?? whole(engine.mask);
  const box = {
    left: Math.max(0, Math.floor(part.left * shown.scale + shown.x) - 2),
    top: Math.max(0, Math.floor(part.top * shown.scale + shown.y) - 2),
    right: Math.min(canvas.width, Math.ceil(part.right * shown.scale + shown.x) + 2),
    bottom: Math.min(canvas.height, Math.ceil(part.bottom * shown.scale + shown.y) + 2),
  };
  if (box.right <= box.left || box.bottom <= box.top || (!changed && engine.empty)) return;
  const look = { view: shown, tint: colourOf(canvas, OPACITY), line: [255, 255, 255, 1] as const };
  context.putImageData(new ImageData(tinted(engine.mask, box, look), box.right - box.left, box.bottom - box.top), box.left, box.top);
}
