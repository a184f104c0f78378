import { CircleAlert } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import type { Outcome } from '../useBulkFlow';

/** Those that it didn't work for, one by one with the reason. */
export function Outcomes({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { done, of, refused } = outcome;
  return (
    <Dialog title={t('bulk.partly', { done, of })} open onClose={onClose}>
      <ul className="scroll-quiet flex flex-col gap-3 overflow-y-auto px-5 pb-4">
        {refused.map(({ id, name, thumbnail, why }) => (
          <li key={id} className="flex items-center gap-3">
            {thumbnail ? <img src={thumbnail} alt="" className="size-11 shrink-0 rounded-chip object-cover" /> : <CircleAlert size={20} aria-hidden className="text-danger" />}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-[560]">{name}</span>
              <span className="block text-second text-danger">{why}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className="flex justify-end border-t border-line px-5 py-3">
        <Button look="ink" onClick={onClose}>
          {t('action.done')}
        </Button>
      </div>
    </Dialog>
  );
}
