import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';

interface PurgeDialogProps {
  count: number;
  onPurge: () => void;
  onClose: () => void;
}

/** The one question of the library: what is deleted here does not come back. */
export function PurgeDialog({ count, onPurge, onClose }: PurgeDialogProps) {
  return (
    <Dialog title={t('library.purgeAsk', { count })} open onClose={onClose}>
      <p className="px-5 pb-4 text-muted">{t('library.purgeNote')}</p>
      <div className="flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button
          look="ink"
          onClick={() => {
            onPurge();
            onClose();
          }}
        >
          {t('library.purge')}
        </Button>
      </div>
    </Dialog>
  );
}
