import { useLayoutEffect, useRef, useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { penOf, type Tool } from '~/features/mask/engine/pen';
import type { Box } from '~/features/mask/engine/raster';
import { Frame, KeyBrush } from '~/features/mask/parts/KeyBrush';
import { MaskLayer } from '~/features/mask/parts/MaskLayer';
import { MaskToolbar } from '~/features/mask/parts/MaskToolbar';
import { diameterOf, percentOf, useMaskSteps } from '~/features/mask/useMask';
import { useMaskKeys } from '~/features/mask/useMaskKeys';
import { useSubject } from '~/features/mask/useSubject';
import { PictureLayer } from '~/features/picture/parts/PictureLayer';
import { ZoomBar } from '~/features/picture/parts/ZoomBar';
import { useView, type Viewing } from '~/features/picture/useView';
import type { Extent, Point } from '~/features/picture/view';

interface ImageMaskEditorProps {
  asset: Asset;
  size: Extent;
  engine: MaskEngine;
  /** Why the subject can't be found by an engine; null where it can. */
  noSubject: string | null;
}

/** A picture and what of it is to change, drawn over it. */
export function ImageMaskEditor({ asset, size, engine, noSubject }: ImageMaskEditorProps) {
  const stage = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLSpanElement>(null);
  const [tool, setTool] = useState<Tool>('brush');
  const [position, setPosition] = useState(62);
  const [panning, setPanning] = useState(false);
  const [frame, setFrame] = useState<Box | null>(null);
  const diameter = diameterOf(position, Math.max(size.width, size.height));
  const [pen] = useState(() => penOf(engine));
  const viewing = useView(stage, size, { drawing: panning ? null : pen });
  const { view } = viewing;
  useLayoutEffect(
    () => pen.set({ view, tool, diameter, onFrame: setFrame, onHover: (point) => follow(ring.current, point) }),
    [pen, view, tool, diameter],
  );
  const subject = useSubject(asset.id, engine);
  const findSubject = () => noSubject === null && subject.find();
  useMaskKeys({
    engine,
    onTool: setTool,
    onSize: (by) => setPosition((before) => Math.min(100, Math.max(0, before + by))),
    onSubject: findSubject,
    onPanning: setPanning,
    onZoom: (step) => zoom(viewing, step),
  });
  const shown = tool !== 'rectangle' && !panning;
  return (
    <div className="relative flex size-full flex-col overflow-hidden rounded-panel bg-sunken">
      <MaskToolbar
        engine={engine}
        tool={tool}
        size={position}
        diameter={diameter}
        noSubject={noSubject}
        finding={subject.finding}
        onTool={setTool}
        onSize={setPosition}
        onSubject={findSubject}
      />
      <div className="relative min-h-0 flex-1">
        <div ref={stage} className="absolute inset-0 touch-none select-none" style={{ cursor: panning ? 'grab' : shown ? 'none' : 'crosshair' }}>
          <PictureLayer src={asset.file_url} alt={asset.title || asset.prompt || asset.filename} size={size} view={viewing.view} />
          <MaskLayer engine={engine} viewing={viewing} />
          {frame && <Frame viewing={viewing} frame={frame} />}
          <span ref={ring} aria-hidden className="pointer-events-none absolute top-0 left-0 opacity-0">
            <span
              className="absolute -translate-1/2 rounded-full border-2 border-thumb shadow-[0_0_0_1px_rgb(0_0_0/50%),inset_0_0_0_1px_rgb(0_0_0/50%)]"
              style={{ width: diameter * viewing.view.scale, height: diameter * viewing.view.scale, opacity: shown ? 1 : 0 }}
            />
          </span>
        </div>
        <KeyBrush engine={engine} tool={tool} diameter={diameter} size={size} viewing={viewing} />
        <div className="absolute bottom-3.5 left-3.5">
          <ZoomBar viewing={viewing} />
        </div>
      </div>
      <Marked engine={engine} />
    </div>
  );
}

/** Moves the brush's ring past React: it follows each move of the pointer. */
function follow(ring: HTMLElement | null, point: Point | null): void {
  if (!ring) return;
  ring.style.opacity = point ? '1' : '0';
  if (point) ring.style.translate = `${point.x}px ${point.y}px`;
}

const ZOOMS = {
  closer: (viewing: Viewing) => viewing.zoom(1.25),
  further: (viewing: Viewing) => viewing.zoom(0.8),
  whole: (viewing: Viewing) => viewing.toWhole(),
  actual: (viewing: Viewing) => viewing.toActual(),
};

const zoom = (viewing: Viewing, step: keyof typeof ZOOMS) => ZOOMS[step](viewing);

/** Says how much is marked to those who can't see it. */
function Marked({ engine }: { engine: MaskEngine }) {
  useMaskSteps(engine);
  return (
    <p role="status" className="sr-only">
      {engine.empty ? t('mask.nothing') : t('mask.share', { percent: percentOf(engine.share) })}
    </p>
  );
}
