import { clsx } from 'clsx';
import { CornerDownLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '~/app/i18n';
import { Kbd } from '~/components/ImageStudio/ui/Kbd';
import type { Group, Row } from '../items';
import { pieces } from '../match';
import { Sign } from './Sign';

interface ListProps {
  id: string;
  groups: readonly Group[];
  current: Row | undefined;
  onPoint: (row: Row) => void;
  onRun: (row: Row) => void;
}

/** What answers, in groups; the current row stays in sight. */
export function List({ id, groups, current, onPoint, onRun }: ListProps) {
  return (
    <div id={id} role="listbox" aria-label={t('palette.results')} className="scroll-quiet min-h-0 flex-1 overflow-y-auto p-2 pb-3">
      {groups.map(({ title, rows }, index) => (
        <div key={`${title}${index}`} role="group" aria-label={t(title)}>
          <p aria-hidden className="px-3.5 pt-3 pb-1.5 text-second text-muted">
            {t(title)}
          </p>
          {rows.map((row) => (
            <Option key={row.id} id={`${id}-${row.id}`} row={row} current={row === current} onPoint={() => onPoint(row)} onRun={() => onRun(row)} />
          ))}
        </div>
      ))}
      {groups.length === 0 && <p className="px-3.5 py-8 text-center text-muted">{t('palette.nothing')}</p>}
    </div>
  );
}

interface OptionProps {
  id: string;
  row: Row;
  current: boolean;
  onPoint: () => void;
  onRun: () => void;
}

// The field above keeps the focus and says which row is meant; the mouse only points.
function Option({ id, row, current, onPoint, onRun }: OptionProps) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) here.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- a listbox of a combobox: keys go to the field
    <div
      ref={here}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={current}
      onPointerMove={() => !current && onPoint()}
      onClick={onRun}
      className={clsx('flex min-h-11.5 cursor-pointer items-center gap-3 rounded-control px-3', current && 'bg-sunken')}
    >
      <Sign sign={row.sign} />
      <span className="min-w-0 flex-1 truncate text-body">
        {pieces(row.text, row.spots).map((piece, index) => (
          <span key={index} className={clsx(piece.meant && 'font-[680]')}>
            {piece.text}
          </span>
        ))}
      </span>
      {row.note && <span className="max-w-[45%] shrink-0 truncate text-second text-muted tabular-nums max-sm:hidden">{row.note}</span>}
      {row.keys && (
        <span className="flex shrink-0 gap-1 max-sm:hidden">
          {row.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
      {current && !row.keys && <CornerDownLeft size={15} aria-hidden className="shrink-0 text-muted" />}
    </div>
  );
}
