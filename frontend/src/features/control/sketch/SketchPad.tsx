import { Circle, Eraser, Pencil, Redo2, Slash, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { Paper } from './Paper';
import { drawn, EMPTY, redo, TOOLS, undo, type Tool } from './strokes';
import { pictureOf } from './file';

interface SketchPadProps {
  busy: boolean;
  onDone: (file: File) => void;
  onClose: () => void;
}

const SIGNS = { pencil: Pencil, eraser: Eraser, line: Slash, ellipse: Circle };

/** A sheet to draw on, by mouse, pen, finger or keys; what is drawn becomes a picture to follow. */
export function SketchPad({ busy, onDone, onClose }: SketchPadProps) {
  const [drawing, setDrawing] = useState(EMPTY);
  const [tool, setTool] = useState<Tool>('pencil');
  const [width, setWidth] = useState(8);
  const names = { pencil: t('sketch.pencil'), eraser: t('sketch.eraser'), line: t('sketch.line'), ellipse: t('sketch.ellipse') };
  const finish = async () => onDone(await pictureOf(drawing.strokes));
  return (
    <Dialog title={t('sketch.title')} open onClose={onClose} wide>
      <div className="scroll-quiet flex flex-col gap-3 overflow-y-auto px-5 pb-5">
        <div role="toolbar" aria-label={t('sketch.tools')} className="flex flex-wrap items-center gap-1">
          {TOOLS.map((each) => {
            const Sign = SIGNS[each];
            return (
              <IconButton key={each} label={names[each]} aria-pressed={tool === each} look={tool === each ? 'ink' : 'bare'} onClick={() => setTool(each)}>
                <Sign size={18} aria-hidden />
              </IconButton>
            );
          })}
          <div className="w-44 px-3">
            <Slider label={t('sketch.width')} value={width} min={2} max={48} text={t('mask.pixels', { count: width })} onChange={setWidth} />
          </div>
          <IconButton label={t('sketch.undo')} disabled={drawing.strokes.length === 0} onClick={() => setDrawing(undo)} className="ml-auto">
            <Undo2 size={18} aria-hidden />
          </IconButton>
          <IconButton label={t('sketch.redo')} disabled={drawing.undone.length === 0} onClick={() => setDrawing(redo)}>
            <Redo2 size={18} aria-hidden />
          </IconButton>
          <IconButton label={t('sketch.clear')} disabled={drawing.strokes.length === 0} onClick={() => setDrawing(EMPTY)}>
            <Trash2 size={18} aria-hidden />
          </IconButton>
        </div>
        <Paper strokes={drawing.strokes} tool={tool} width={width} onStroke={(stroke) => setDrawing((before) => drawn(before, stroke))} onBack={(again) => setDrawing(again ? redo : undo)} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-second text-muted max-sm:hidden">{t('sketch.keys')}</p>
          <Button look="ink" disabled={busy || drawing.strokes.length === 0} onClick={() => void finish()} className="ml-auto">
            {busy ? t('picture.uploading') : t('sketch.use')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
