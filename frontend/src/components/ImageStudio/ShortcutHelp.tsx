import { ACTIONS, LOCAL_KEYS } from '~/actions/registry';
import { t } from '~/app/i18n';
import { usePreferences } from '~/theme/preferences';
import { Dialog } from './ui/Dialog';
import { Kbd } from './ui/Kbd';

/** Every key there is, read from the registry. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { keys: single } = usePreferences();
  const everywhere = ACTIONS.flatMap(({ label, keys }) => (keys ? [{ label, keys }] : []));
  return (
    <Dialog title={t('keys.title')} open={open} onClose={onClose} wide>
      {/* What scrolls must be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="region" aria-label={t('keys.title')} tabIndex={0} className="scroll-quiet overflow-y-auto px-5 pb-5">
        {!single && <p className="mb-3 text-second text-muted">{t('keys.off')}</p>}
        <div className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
          <Keys title={t('keys.everywhere')} rows={everywhere} />
          <Keys title={t('keys.onPages')} rows={LOCAL_KEYS} />
        </div>
      </div>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: typeof LOCAL_KEYS }) {
  return (
    <section>
      <h3 className="mb-1.5 text-second text-muted">{title}</h3>
      <dl>
        {rows.map(({ label, keys }) => (
          <div key={`${label}${keys.join('')}`} className="flex min-h-9 items-center justify-between gap-4 border-t border-line">
            <dt>{t(label)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key === 'T' ? '⇧ T' : key.length === 1 ? key.toUpperCase() : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
