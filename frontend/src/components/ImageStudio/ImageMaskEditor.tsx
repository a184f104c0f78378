import { lazy, Suspense, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { penOf, type Shape, type Tool } from '~/features/mask/engine/pen';
import type { Mask } from '~/features/mask/engine/raster';
import { UprightSlider } from '~/features/mask/parts/BrushSlider';
import { KeyBrush } from '~/features/mask/parts/KeyBrush';
import { MaskLayer } from '~/features/mask/parts/MaskLayer';
import { MaskToolbar } from '~/features/mask/parts/MaskToolbar';
import { MaskWork } from '~/features/mask/parts/MaskWork';
import { ShapeLayer } from '~/features/mask/parts/ShapeLayer';
import { tintOf } from '~/features/mask/tints';
import { diameterOf, percentOf, useMaskSteps } from '~/features/mask/useMask';
import { useMaskKeys } from '~/features/mask/useMaskKeys';
import { useSelect } from '~/features/mask/useSelect';
import { PictureLayer } from '~/features/picture/parts/PictureLayer';
import { ZoomBar } from '~/features/picture/parts/ZoomBar';
import { useHeldKey } from '~/features/picture/useHeldKey';
import { useView, type Viewing } from '~/features/picture/useView';
import type { Extent, Point } from '~/features/picture/view';
import { useMedia } from '~/lib/react';
import { Kbd } from './ui/Kbd';

const EdgeStrip = lazy(async () => ({ default: (await import('~/features/mask/parts/EdgeStrip')).EdgeStrip }));

interface ImageMaskEditorProps {
  asset: Asset;
  size: Extent;
  engine: MaskEngine;
  /** Why the subject can't be found by an engine; null where it can. */
  noSubject: string | null;
  /** The picture before all steps, where it lies at the same place; held up to compare. */
  original: string | undefined;
  /** Whether somebody asks for the original by other means than its key. */
  holding?: boolean;
}

const bounded = (value: number) => Math.round(Math.min(100, Math.max(0, value)));
const nothing = () => {};

/** A picture and what of it is to change, drawn over it. */
export function ImageMaskEditor({ asset, size, engine, noSubject, original, holding = false }: ImageMaskEditorProps) {
  const stage = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLSpanElement>(null);
  const [tool, setTool] = useState<Tool>('brush');
  const [position, setPosition] = useState(62);
  const [softness, setSoftness] = useState(0);
  const [pressure, setPressure] = useState(false);
  const [outline, setOutline] = useState(false);
  const [panning, setPanning] = useState(false);
  const [held, setHeld] = useState(false);
  const [edging, setEdging] = useState(false);
  const [tried, setTried] = useState<Mask | null>(null);
  const closeEdge = useCallback(() => setEdging(false), []);
  const [shape, setShape] = useState<Shape | null>(null);
  const phone = !useMedia('(min-width: 641px)');
  const diameter = diameterOf(position, Math.max(size.width, size.height));
  const [pen] = useState(() =>
    penOf(engine, { view: { scale: 1, x: 0, y: 0 }, tool, diameter, softness: 0, pressure, onShape: setShape, onHover: nothing, onPoint: nothing, onTune: nothing }),
  );
  const viewing = useView(stage, size, { drawing: panning || edging ? null : pen });
  const { view } = viewing;
  const { find, finding } = useSelect(asset.id, engine);
  const onPoint = (at: Point, marks: boolean) => noSubject === null && find({ what: 'points', at, marks });
  // oxlint-disable-next-line react/exhaustive-deps -- whatever was drawn last is what the pen has to know
  useLayoutEffect(() =>
    pen.set({
      view,
      tool,
      diameter,
      softness: softness / 100,
      pressure,
      onShape: setShape,
      onHover: (point) => follow(ring.current, point),
      onPoint: ({ x, y }, marks) => x >= 0 && y >= 0 && x <= size.width && y <= size.height && onPoint({ x: x / size.width, y: y / size.height }, marks),
      onTune: ({ x, y }) => {
        setPosition((before) => bounded(before + x / 3));
        setSoftness((before) => bounded(before - y / 2));
      },
    }),
  );
  const findSubject = () => noSubject === null && find({ what: 'subject' });
  const openEdge = () => !engine.empty && setEdging(true);
  useMaskKeys({
    engine,
    pen,
    onTool: setTool,
    onSize: (by) => setPosition((before) => bounded(before + by)),
    onSoftness: (by) => setSoftness((before) => bounded(before + 2 * by)),
    onSubject: findSubject,
    onEdge: openEdge,
    onPanning: setPanning,
    onZoom: (step) => ZOOMS[step](viewing),
  });
  useHeldKey('z', setHeld);
  const before = held || holding;
  const brushes = (tool === 'brush' || tool === 'eraser') && !panning && !edging;
  const look = { view, size, alt: asset.title || asset.prompt || asset.filename };
  return (
    <div className="relative flex size-full flex-col overflow-hidden rounded-panel bg-sunken max-sm:flex-col-reverse max-sm:overflow-visible max-sm:rounded-none">
      <div className="max-sm:relative max-sm:z-10 max-sm:-mt-15 max-sm:px-3.5 max-sm:pb-2.5 sm:contents">
        <MaskToolbar
          engine={engine}
          tool={tool}
          size={position}
          diameter={diameter}
          softness={softness}
          pressure={pressure}
          outline={outline}
          noSubject={noSubject}
          finding={finding}
          onTool={setTool}
          onSize={setPosition}
          onSoftness={setSoftness}
          onPressure={setPressure}
          onOutline={setOutline}
          onSubject={findSubject}
          onBackground={() => find({ what: 'background' })}
          onEdge={openEdge}
        />
      </div>
      <div className="relative min-h-0 flex-1">
        <div ref={stage} className="absolute inset-0 touch-none overflow-hidden select-none" style={{ cursor: panning || edging ? 'grab' : brushes ? 'none' : 'crosshair' }}>
          <PictureLayer src={before && original ? original : asset.file_url} {...look} />
          {!before && <MaskLayer engine={engine} viewing={viewing} tint={tintOf(asset.thumbhash)} outline={outline} instead={tried} />}
          <ShapeLayer shape={shape} viewing={viewing} />
          <Ring place={ring} across={brushes ? diameter * view.scale : 0} core={1 - softness / 100} />
        </div>
        <KeyBrush engine={engine} tool={tool} diameter={diameter} softness={softness / 100} size={size} viewing={viewing} onShape={setShape} onPoint={onPoint} />
        <div className="absolute bottom-3.5 left-3.5 max-sm:hidden">
          <ZoomBar viewing={viewing} />
        </div>
        <div className="absolute inset-x-3.5 bottom-3.5 z-10 flex flex-col items-center gap-2 max-sm:bottom-18 sm:bottom-16">
          <MaskWork engine={engine} />
          <Suspense>{edging && <EdgeStrip engine={engine} onTry={setTried} onClose={closeEdge} />}</Suspense>
        </div>
        <p className="over pointer-events-none absolute right-3.5 bottom-3.5 flex h-10 items-center gap-2 rounded-control px-3.5 text-second font-[560] shadow-panel max-xl:hidden">
          {before ? t('mask.original') : t('mask.hold')} <Kbd>Z</Kbd>
        </p>
        {phone && viewing.box.height > 320 && (
          <div className="absolute top-1/3 right-3.5">
            <UprightSlider label={t('mask.size')} value={position} text={String(diameter)} onChange={setPosition} />
          </div>
        )}
      </div>
      <Marked engine={engine} />
    </div>
  );
}

/** The brush's rim, and where it begins to fade: light between dark lines, so that it is seen on anything. */
function Ring({ place, across, core }: { place: React.RefObject<HTMLSpanElement | null>; across: number; core: number }) {
  return (
    <span ref={place} aria-hidden className="pointer-events-none absolute top-0 left-0 opacity-0">
      {across > 0 && (
        <>
          <span
            className="absolute -translate-1/2 rounded-full border-2 border-thumb shadow-[0_0_0_1px_rgb(0_0_0/50%),inset_0_0_0_1px_rgb(0_0_0/50%)]"
            style={{ width: across, height: across }}
          />
          {core < 0.95 && <span className="absolute -translate-1/2 rounded-full border border-dashed border-thumb" style={{ width: across * core, height: across * core }} />}
        </>
      )}
    </span>
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

/** Says how much is marked to those who can't see it. */
function Marked({ engine }: { engine: MaskEngine }) {
  useMaskSteps(engine);
  return (
    <p role="status" className="sr-only">
      {engine.empty ? t('mask.nothing') : t('mask.share', { percent: percentOf(engine.share) })}
    </p>
  );
}
