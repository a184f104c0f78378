import { Trash2 } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';

/** What the trash is, and the way to empty it. */
export function TrashBar({ total, busy, onEmpty }: { total: number; busy: boolean; onEmpty: () => void }) {
  return (
    <div className="flex items-center gap-3 rounded-button bg-sunken py-2 pr-2 pl-4">
      <p className="min-w-0 flex-1 text-second text-muted">{t('library.trashNote')}</p>
      <Button small look="danger" disabled={total === 0 || busy} onClick={onEmpty}>
        <Trash2 size={15} aria-hidden />
        {t('library.emptyTrash')}
      </Button>
    </div>
  );
}
