import { Eye, Redo2, Undo2 } from 'lucide-react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import type { useSteps } from '../useSteps';

/** Back and forth, through marks and steps. */
export function UndoRedo({ steps, onHold }: { steps: ReturnType<typeof useSteps>; onHold: (held: boolean) => void }) {
  return (
    <div className="flex">
      <IconButton label={t('edit.undo')} title={t('edit.undoHint')} disabled={!steps.canUndo} onClick={steps.undo}>
        <Undo2 size={18} aria-hidden />
      </IconButton>
      <IconButton label={t('edit.redo')} title={t('edit.redoHint')} disabled={!steps.canRedo} onClick={steps.redo}>
        <Redo2 size={18} aria-hidden />
      </IconButton>
      <IconButton
        label={t('edit.look')}
        className="touch-none sm:hidden"
        onPointerDown={() => onHold(true)}
        onPointerUp={() => onHold(false)}
        onPointerCancel={() => onHold(false)}
        onPointerLeave={() => onHold(false)}
      >
        <Eye size={18} aria-hidden />
      </IconButton>
    </div>
  );
}
