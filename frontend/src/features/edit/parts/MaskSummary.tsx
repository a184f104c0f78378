import { useEffect, useRef } from 'react';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { percentOf, useMaskSteps } from '~/features/mask/useMask';

const SIDE = 104;

interface MaskSummaryProps {
  engine: MaskEngine;
  /** Whether the operation works without a mask, on the whole picture. */
  optional: boolean;
  error: string | undefined;
}

/** How much of the picture changes, as a small mask and in words. */
export function MaskSummary({ engine, optional, error }: MaskSummaryProps) {
  useMaskSteps(engine);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const show = () => canvas.current && sketch(canvas.current, engine);
    show();
    return engine.listen(show);
  }, [engine]);
  const percent = percentOf(engine.share);
  const [title, note] = engine.empty
    ? optional
      ? [t('edit.markedWhole'), t('edit.markedWholeNote')]
      : [t('edit.markedNothing'), t('edit.markHere')]
    : [t('edit.marked', { percent }), t('edit.markedNote')];
  return (
    <div>
      <div className="flex items-center gap-3">
        <canvas ref={canvas} aria-hidden width={SIDE} height={SIDE} className="size-13 shrink-0 rounded-control border border-line" />
        <p className="min-w-0">
          <span className="block font-[600] tabular-nums">{title}</span>
          <span className="block text-second text-muted">{note}</span>
        </p>
      </div>
      {error && <FieldError id="mask-error">{error}</FieldError>}
    </div>
  );
}

/** The mask in small, read at a few places only. */
function sketch(canvas: HTMLCanvasElement, { mask }: MaskEngine): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height, data } = mask;
  const longest = Math.max(width, height);
  const pixels = new ImageData(SIDE, SIDE);
  const words = new Uint32Array(pixels.data.buffer);
  for (let y = 0; y < SIDE; y++) {
    const row = Math.floor(((y + 0.5) / SIDE - 0.5) * longest + height / 2);
    for (let x = 0; x < SIDE; x++) {
      const column = Math.floor(((x + 0.5) / SIDE - 0.5) * longest + width / 2);
      const inside = row >= 0 && row < height && column >= 0 && column < width;
      words[y * SIDE + x] = inside ? 0xff000000 | ((data[row * width + column] ?? 0) * 0x010101) : 0;
    }
  }
  context.putImageData(pixels, 0, 0);
}
