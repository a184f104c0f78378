import { clsx } from 'clsx';
import { BoxSelect, Brush, CircleDashed, Contrast, Eraser, Lasso, MousePointerClick, ScanSearch, Spline, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';
import { useMedia } from '~/lib/react';
import type { MaskEngine } from '../engine/engine';
import { TOOLS, type Tool } from '../engine/pen';
import { TOOL_NAMES, useMaskSteps } from '../useMask';
import { TOOL_KEYS } from '../useMaskKeys';
import { BrushSlider } from './BrushSlider';
import { MaskMenu, type MaskMenuProps } from './MaskMenu';

const ICONS: Record<Tool, LucideIcon> = {
  brush: Brush,
  eraser: Eraser,
  lasso: Lasso,
  polygon: Spline,
  rectangle: BoxSelect,
  ellipse: CircleDashed,
  point: MousePointerClick,
};
const button = 'flex size-9 shrink-0 items-center justify-center rounded-chip hover:bg-sunken disabled:opacity-40 aria-pressed:bg-ink aria-pressed:text-on-ink max-sm:size-11 max-sm:rounded-control';

/** The tools for which there is room; the others stand in the menu. */
const FEW: readonly Tool[] = ['brush', 'eraser', 'lasso', 'rectangle'];
const SOME: readonly Tool[] = [...FEW, 'ellipse'];

interface MaskToolbarProps extends Omit<MaskMenuProps, 'spare'> {
  engine: MaskEngine;
  /** 0..100; what the slider shows. */
  size: number;
  /** In pixels of the picture. */
  diameter: number;
  finding: boolean;
  onSize: (size: number) => void;
  onSubject: () => void;
}

/** What draws into the mask, and what changes it as a whole. */
export function MaskToolbar({ size, diameter, finding, onSize, onSubject, ...rest }: MaskToolbarProps) {
  const { engine, tool, softness, noSubject, onTool, onSoftness } = rest;
  useMaskSteps(engine);
  const [roomy, wide] = [useMedia('(min-width: 1280px)'), useMedia('(min-width: 641px)')];
  const shown = roomy ? TOOLS : wide ? SOME : FEW;
  return (
    <div
      data-over
      role="toolbar"
      aria-label={t('mask.tools')}
      className="over z-10 flex items-center justify-center gap-0.5 rounded-button p-1 shadow-panel max-sm:justify-between sm:absolute sm:inset-x-2.5 sm:top-3.5 sm:mx-auto sm:w-fit"
    >
      {shown.map((each) => {
        const Icon = ICONS[each];
        const name = t(TOOL_NAMES[each]);
        return (
          <button key={each} type="button" aria-label={name} title={`${name} (${TOOL_KEYS[each]})`} aria-pressed={tool === each} onClick={() => onTool(each)} className={button}>
            <Icon size={18} strokeWidth={1.8} aria-hidden />
          </button>
        );
      })}
      <Line />
      <button
        type="button"
        disabled={noSubject !== null || finding}
        title={noSubject ?? t('mask.subjectHint')}
        onClick={onSubject}
        className={clsx(button, 'w-auto! gap-2 px-2.5 text-second font-[580] whitespace-nowrap', finding && 'animate-pulse')}
      >
        <ScanSearch size={18} strokeWidth={1.8} aria-hidden />
        <span className="max-xl:sr-only">{finding ? t('mask.finding') : t('mask.subject')}</span>
      </button>
      {wide && (
        <>
          <Line />
          <BrushSlider label={t('mask.size')} hint={t('mask.sizeHint')} value={size} text={t('mask.pixels', { count: diameter })} onChange={onSize} />
          {roomy && <BrushSlider label={t('mask.soft')} hint={t('mask.softHint')} value={softness} text={t('view.percent', { percent: softness })} onChange={onSoftness} />}
          <Line />
        </>
      )}
      <Whole label={t('mask.invert')} hint="I" onPress={() => engine.invert()}>
        <Contrast size={18} strokeWidth={1.8} aria-hidden />
      </Whole>
      <MaskMenu {...rest} spare={TOOLS.filter((each) => !shown.includes(each))} />
    </div>
  );
}

const Line = () => <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:hidden" />;

function Whole({ label, hint, onPress, children }: { label: string; hint: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={`${label} (${hint})`} onClick={onPress} className={button}>
      {children}
    </button>
  );
}
