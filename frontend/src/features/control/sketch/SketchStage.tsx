import { clsx } from 'clsx';
import { Circle, Eraser, Pencil, Redo2, Slash, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { pictureOf } from './file';
import { Paper } from './Paper';
import { turnSheet, useSheet } from './sheet';
import { drawn, EMPTY, redo, TOOLS, undo, type Tool } from './strokes';

interface SketchStageProps {
  busy: boolean;
  onDone: (file: File) => void;
  /** Back to where the picture comes from otherwise. */
  onClose: () => void;
  className?: string;
}

const SIGNS = { pencil: Pencil, eraser: Eraser, line: Slash, ellipse: Circle };

/** A sheet in the stage to draw on, by mouse, pen, finger or keys; what is drawn becomes a picture to follow. */
export function SketchStage({ busy, onDone, onClose, className }: SketchStageProps) {
  const { strokes, undone } = useSheet();
  const [tool, setTool] = useState<Tool>('pencil');
  const [width, setWidth] = useState(8);
  const names = { pencil: t('sketch.pencil'), eraser: t('sketch.eraser'), line: t('sketch.line'), ellipse: t('sketch.ellipse') };
  const blank = strokes.length === 0;
  const finish = async () => onDone(await pictureOf(strokes));
  return (
    <section aria-label={t('sketch.title')} className={clsx('flex min-h-0 flex-col gap-3 rounded-panel bg-sunken p-3.5 max-sm:p-2.5', className)}>
      <div role="toolbar" aria-label={t('sketch.tools')} className="over flex flex-wrap items-center gap-x-1 self-center max-sm:gap-x-0 rounded-button p-1 shadow-panel">
        {TOOLS.map((each) => {
          const Sign = SIGNS[each];
          return (
            <IconButton key={each} label={names[each]} aria-pressed={tool === each} look={tool === each ? 'ink' : 'bare'} onClick={() => setTool(each)}>
              <Sign size={18} aria-hidden />
            </IconButton>
          );
        })}
        <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:hidden" />
        <div className="w-44 px-3 max-sm:order-last max-sm:w-full">
          <Slider label={t('sketch.width')} value={width} min={2} max={48} text={t('mask.pixels', { count: width })} onChange={setWidth} />
        </div>
        <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:hidden" />
        <IconButton label={t('sketch.undo')} disabled={blank} onClick={() => turnSheet(undo)}>
          <Undo2 size={18} aria-hidden />
        </IconButton>
        <IconButton label={t('sketch.redo')} disabled={undone.length === 0} onClick={() => turnSheet(redo)}>
          <Redo2 size={18} aria-hidden />
        </IconButton>
        <IconButton label={t('sketch.clear')} disabled={blank} onClick={() => turnSheet(() => EMPTY)}>
          <Trash2 size={18} aria-hidden />
        </IconButton>
      </div>
      <Paper strokes={strokes} tool={tool} width={width} onStroke={(stroke) => turnSheet((before) => drawn(before, stroke))} onBack={(again) => turnSheet(again ? redo : undo)} />
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 text-second text-muted max-sm:hidden">{t('sketch.keys')}</p>
        <Button onClick={onClose} className="max-sm:flex-1">
          {t('sketch.close')}
        </Button>
        <Button look="ink" disabled={busy || blank} onClick={() => void finish()} className="max-sm:flex-1">
          {busy ? t('picture.uploading') : t('sketch.use')}
        </Button>
      </div>
    </section>
  );
}
