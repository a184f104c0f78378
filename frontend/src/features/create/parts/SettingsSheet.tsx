import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Settings, type SettingsProps } from './Settings';

/** The settings where there is no room beside the pictures. */
export function SettingsSheet({ onClose, ...settings }: SettingsProps & { onClose: () => void }) {
  return (
    <Dialog title={t('create.settings')} open onClose={onClose}>
      <div className="scroll-quiet overflow-y-auto px-5 pb-5">
        <Settings {...settings} />
        <Button look="ink" onClick={onClose} className="mt-5 h-11 w-full">
          {t('action.done')}
        </Button>
      </div>
    </Dialog>
  );
}
