import { useEffect, useRef, type KeyboardEvent } from 'react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import type { MaskEngine } from '../engine/engine';
import type { Mask } from '../engine/raster';
import { mostOf, useEdge } from '../useEdge';

interface EdgeStripProps {
  engine: MaskEngine;
  /** The mask as it would be; null where nothing is tried. */
  onTry: (mask: Mask | null) => void;
  onClose: () => void;
}

const wayOf = (by: number) => (by > 0 ? t('mask.outwards', { pixels: by }) : by < 0 ? t('mask.inwards', { pixels: -by }) : t('mask.pixels', { count: 0 }));

/** The edge of the mask, moved and softened by hand; seen before it is done. */
export function EdgeStrip({ engine, onTry, onClose }: EdgeStripProps) {
  const strip = useRef<HTMLFieldSetElement>(null);
  const { edge, shown, change, apply } = useEdge(engine, onClose);
  const most = mostOf(engine);
  useEffect(() => onTry(shown), [onTry, shown]);
  useEffect(() => () => onTry(null), [onTry]);
  useEffect(() => {
    // The menu that led here gives the keys back to its button first.
    const frame = requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[role=slider]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter and Escape belong to the whole of it
    <fieldset
      ref={strip}
      data-over
      onKeyDown={onKey}
      className="over flex animate-appear items-end gap-x-5 gap-y-1 rounded-button px-4 py-2.5 shadow-panel max-sm:flex-col max-sm:items-stretch"
    >
      <legend className="sr-only">{t('mask.edge')}</legend>
      <div className="sm:w-44">
        <Slider label={t('mask.move')} value={edge.by} min={-most} max={most} text={wayOf(edge.by)} onChange={(by) => change({ by })} />
      </div>
      <div className="sm:w-44">
        <Slider label={t('mask.feather')} value={edge.radius} min={0} max={most} text={t('mask.pixels', { count: edge.radius })} onChange={(radius) => change({ radius })} />
      </div>
      <div className="flex gap-1.5 max-sm:justify-end">
        <Button look="bare" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button look="ink" disabled={edge.by === 0 && edge.radius === 0} onClick={apply}>
          {t('mask.apply')}
        </Button>
      </div>
    </fieldset>
  );
}
