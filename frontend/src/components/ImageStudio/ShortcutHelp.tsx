import { ACTIONS, LOCAL_KEYS } from '~/actions/registry';
import { t } from '~/app/i18n';
import { Dialog } from './ui/Dialog';
import { Kbd } from './ui/Kbd';

/** Every key there is, read from the registry. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const rows = [...LOCAL_KEYS, ...ACTIONS];
  return (
    <Dialog title={t('keys.title')} open={open} onClose={onClose}>
      <dl className="scroll-quiet overflow-y-auto px-5 pb-5">
        {rows.map(({ label, keys }) => (
          <div key={label} className="flex min-h-9 items-center justify-between border-t border-line">
            <dt>{t(label)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
