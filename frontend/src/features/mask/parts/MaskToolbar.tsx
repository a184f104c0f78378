import { clsx } from 'clsx';
import { BoxSelect, Brush, Contrast, Eraser, Redo2, ScanSearch, Trash2, Undo2, type LucideIcon } from 'lucide-react';
import { Slider } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';
import type { MaskEngine } from '../engine/engine';
import { TOOLS, type Tool } from '../engine/pen';
import { useMaskSteps } from '../useMask';

const ICONS: Record<Tool, LucideIcon> = { brush: Brush, eraser: Eraser, rectangle: BoxSelect };
const button = 'flex size-9 shrink-0 items-center justify-center rounded-chip hover:bg-sunken disabled:opacity-40 aria-pressed:bg-ink aria-pressed:text-on-ink max-sm:size-11 max-sm:rounded-control';

interface MaskToolbarProps {
  engine: MaskEngine;
  tool: Tool;
  /** 0..100; what the slider shows. */
  size: number;
  /** In pixels of the picture. */
  diameter: number;
  /** Why the subject can't be found here; null where it can. */
  noSubject: string | null;
  finding: boolean;
  onTool: (tool: Tool) => void;
  onSize: (size: number) => void;
  onSubject: () => void;
}

/** What draws into the mask, and what changes it as a whole. */
export function MaskToolbar({ engine, tool, size, diameter, noSubject, finding, onTool, onSize, onSubject }: MaskToolbarProps) {
  useMaskSteps(engine);
  const names = { brush: t('mask.brush'), eraser: t('mask.eraser'), rectangle: t('mask.rectangle') };
  const keys = { brush: 'B', eraser: 'E', rectangle: 'R' };
  return (
    <div
      data-over
      role="toolbar"
      aria-label={t('mask.tools')}
      className="over z-10 flex flex-wrap items-center justify-center gap-0.5 p-1 max-sm:gap-0 sm:absolute sm:inset-x-2.5 sm:top-3.5 sm:mx-auto sm:w-fit sm:rounded-[14px] sm:shadow-panel"
    >
      {TOOLS.map((each) => {
        const Icon = ICONS[each];
        return (
          <button
            key={each}
            type="button"
            aria-label={names[each]}
            title={`${names[each]} (${keys[each]})`}
            aria-pressed={tool === each}
            onClick={() => onTool(each)}
            className={button}
          >
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
        <span className="max-sm:sr-only">{finding ? t('mask.finding') : t('mask.subject')}</span>
      </button>
      <Line />
      <Size size={size} diameter={diameter} onSize={onSize} />
      <Line />
      <Step label={t('mask.undo')} hint="Ctrl Z" disabled={!engine.canUndo} onPress={() => engine.undo()}>
        <Undo2 size={17} aria-hidden />
      </Step>
      <Step label={t('mask.redo')} hint="Ctrl Shift Z" disabled={!engine.canRedo} onPress={() => engine.redo()}>
        <Redo2 size={17} aria-hidden />
      </Step>
      <Step label={t('mask.invert')} hint="I" onPress={() => engine.invert()}>
        <Contrast size={17} aria-hidden />
      </Step>
      <Step label={t('mask.clear')} hint="Shift Del" disabled={engine.empty} onPress={() => engine.clear()}>
        <Trash2 size={17} aria-hidden />
      </Step>
    </div>
  );
}

const Line = () => <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:hidden" />;

interface StepProps {
  label: string;
  hint: string;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Step({ label, hint, disabled = false, onPress, children }: StepProps) {
  return (
    <button type="button" aria-label={label} title={`${label} (${hint})`} disabled={disabled} onClick={onPress} className={button}>
      {children}
    </button>
  );
}

function Size({ size, diameter, onSize }: Pick<MaskToolbarProps, 'size' | 'diameter' | 'onSize'>) {
  return (
    <div className="flex h-9 items-center gap-2 px-1.5" title={t('mask.sizeHint')}>
      <span className="text-second text-muted max-sm:hidden">{t('mask.size')}</span>
      <Slider.Root
        value={[size]}
        min={0}
        max={100}
        onValueChange={([chosen]) => chosen !== undefined && onSize(chosen)}
        className="relative flex h-9 w-22 touch-none items-center select-none"
      >
        <Slider.Track className="relative h-1 grow rounded-full bg-line">
          <Slider.Range className="absolute h-full rounded-full bg-ink" />
        </Slider.Track>
        <Slider.Thumb
          aria-label={t('mask.size')}
          aria-valuetext={t('mask.pixels', { count: diameter })}
          className="block size-5 rounded-full border border-line-strong bg-thumb shadow-[0_1px_4px_rgb(0_0_0/25%)]"
        />
      </Slider.Root>
      <span className="w-8 text-right text-second font-[580] tabular-nums">{diameter}</span>
    </div>
  );
}
