import { clsx } from 'clsx';
import type { EditOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { isTool } from '~/features/edit/form';
import { iconOf } from '~/features/edit/icons';
import { nameOf } from '~/features/edit/words';

interface EditOperationsToolbarProps {
  operations: Record<string, EditOperation>;
  chosen: string;
  onChoose: (key: string) => void;
}

/** Everything that can be done to a picture; what can't be done right now stays and says why when chosen. */
export function EditOperationsToolbar({ operations, chosen, onChoose }: EditOperationsToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label={t('edit.operations')}
      aria-orientation="vertical"
      className="scroll-quiet flex shrink-0 gap-1 max-lg:overflow-x-auto max-lg:[scrollbar-width:none] max-sm:-mx-4.5 max-sm:px-4.5 lg:w-21 lg:flex-col lg:overflow-y-auto"
    >
      {Object.entries(operations)
        .filter(([key]) => !isTool(key))
        .map(([key, operation]) => {
          const Icon = iconOf(key);
          const name = nameOf(key, operation);
          return (
            <button
              key={key}
              type="button"
              aria-pressed={key === chosen}
              aria-label={operation.available ? name : t('edit.unavailable', { name })}
              title={operation.available ? operation.description : (operation.reason ?? undefined)}
              onClick={() => onChoose(key)}
              className={clsx(
                'flex shrink-0 items-center justify-center gap-1.5 rounded-[14px] font-[540] text-muted transition duration-120 ease-studio hover:text-fg',
                'aria-pressed:bg-ink aria-pressed:font-[600] aria-pressed:text-on-ink',
                'max-lg:h-11 max-lg:bg-sunken max-lg:px-3.5 max-lg:text-body lg:h-15 lg:flex-col lg:px-1 lg:text-caption',
              )}
            >
              <Icon size={20} strokeWidth={1.75} aria-hidden className={clsx('max-lg:size-4.5', !operation.available && 'opacity-50')} />
              {name}
            </button>
          );
        })}
    </div>
  );
}
