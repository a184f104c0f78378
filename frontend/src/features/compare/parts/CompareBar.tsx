import { clsx } from 'clsx';
import { ArrowLeftRight, Link2, Minus, Plus, Unlink2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';

export type Mode = 'side' | 'slider' | 'hold';

interface CompareBarProps {
  count: number;
  /** What the pictures were to show. */
  note: string;
  mode: Mode;
  together: boolean;
  closer: number;
  onMode: (mode: Mode) => void;
  onTogether: () => void;
  /** 0 for the whole. */
  onZoom: (factor: number) => void;
  onTurn: () => void;
  onHold: (held: boolean) => void;
  onClose: () => void;
}

const control = 'quiet-control flex h-10 items-center gap-2 rounded-control text-second font-[570] max-sm:h-11';

/** What is compared and how; below the pictures' way on a phone. */
export function CompareBar(props: CompareBarProps) {
  const { count, note, mode, together, onMode, onTogether, onTurn, onHold, onClose } = props;
  const Link = together ? Link2 : Unlink2;
  const modes = [
    { value: 'side', text: t('compare.side') },
    { value: 'slider', text: t('variants.slider') },
    { value: 'hold', text: t('variants.hold') },
  ] as const;
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-3 px-4 py-3.5 max-sm:gap-2 max-sm:px-2 max-sm:py-2">
      <IconButton label={t('action.close')} look="plain" onClick={onClose}>
        <X size={18} aria-hidden />
      </IconButton>
      <p className="min-w-0 flex-1 truncate">
        <span className="text-title font-[640] max-sm:sr-only">{t('variants.title', { count })}</span>
        <span className="ml-3 text-second text-muted max-sm:hidden">{note}</span>
      </p>
      <div className="w-80 max-lg:order-last max-lg:w-full">
        <Segmented label={t('compare.label')} value={mode} options={modes} onChange={onMode} />
      </div>
      <div className="flex flex-1 items-center justify-end gap-2 max-lg:flex-none">
        {mode === 'hold' && <Hold onHold={onHold} />}
        <IconButton label={count > 2 ? t('variants.turn') : t('variants.swap')} look="plain" onClick={onTurn}>
          <ArrowLeftRight size={17} aria-hidden />
        </IconButton>
        {mode === 'side' && (
          <button type="button" aria-pressed={together} title={t('variants.together')} onClick={onTogether} className={clsx(control, 'px-3', !together && 'text-muted')}>
            <Link size={16} aria-hidden />
            <span className="max-xl:sr-only">{t('variants.together')}</span>
          </button>
        )}
        <Zoom {...props} />
      </div>
    </header>
  );
}

function Zoom({ closer, onZoom }: Pick<CompareBarProps, 'closer' | 'onZoom'>) {
  const percent = Math.round(closer * 100);
  return (
    <div role="group" aria-label={t('view.zoom')} className={clsx(control, 'gap-0 px-0.5')}>
      <Step label={t('view.further')} onPress={() => onZoom(0.8)}>
        <Minus size={16} aria-hidden />
      </Step>
      <button type="button" aria-label={t('variants.whole', { percent })} title={t('view.whole')} onClick={() => onZoom(0)} className="h-9 min-w-13 rounded-chip tabular-nums hover:bg-sunken max-sm:h-11 max-sm:min-w-11">
        {t('view.percent', { percent })}
      </button>
      <Step label={t('view.closer')} onPress={() => onZoom(1.25)}>
        <Plus size={16} aria-hidden />
      </Step>
    </div>
  );
}

function Step({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress} className="flex size-9 items-center justify-center rounded-chip hover:bg-sunken max-sm:size-11">
      {children}
    </button>
  );
}

function Hold({ onHold }: Pick<CompareBarProps, 'onHold'>) {
  return (
    <button
      type="button"
      title={t('variants.holdHint')}
      onPointerDown={() => onHold(true)}
      onPointerUp={() => onHold(false)}
      onPointerLeave={() => onHold(false)}
      onPointerCancel={() => onHold(false)}
      onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && onHold(true)}
      onKeyUp={() => onHold(false)}
      onBlur={() => onHold(false)}
      className={clsx(control, 'touch-none px-3 select-none')}
    >
      {t('variants.holdNow')}
    </button>
  );
}
