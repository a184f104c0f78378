import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { ChevronDown, Columns2, Download, FolderPlus, FolderX, Heart, Inbox, RotateCcw, Share, Tag, Trash2, X, type LucideIcon } from 'lucide-react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Menu, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { STUDIOS } from '~/features/picture/sendTo';
import { canShare } from '../share';

/** As many as one look can compare. */
export const COMPARED = 4;

export interface BulkActs {
  clear: () => void;
  tag: () => void;
  collect: () => void;
  leave?: (() => void) | undefined;
  export: () => void;
  share: () => void;
  favorite: () => void;
  trash: () => void;
  restore: () => void;
  purge: () => void;
  toTray: () => void;
  send: (to: (typeof STUDIOS)[number]['to'], asset: Asset) => void;
}

interface BulkBarProps {
  chosen: readonly Asset[];
  trash: boolean;
  busy: boolean;
  acts: BulkActs;
}

const ink = 'flex h-9 shrink-0 items-center gap-2 rounded-control bg-ink px-3.5 font-[600] text-on-ink hover:opacity-90 disabled:opacity-50 max-sm:h-13';

/** What can be done with the chosen pictures: a bar that floats above the grid, and takes the place of the bar below on phones. */
export function BulkBar({ chosen, trash, busy, acts }: BulkBarProps) {
  const count = chosen.length;
  return (
    <div
      role="toolbar"
      aria-label={t('library.chosen', { count })}
      aria-busy={busy}
      className="pop absolute bottom-6 left-1/2 z-35 flex h-13 max-w-full -translate-x-1/2 animate-appear items-center gap-0.5 rounded-button pr-2 pl-3 whitespace-nowrap max-sm:fixed max-sm:inset-x-3 max-sm:bottom-[calc(12px+env(safe-area-inset-bottom))] max-sm:h-18 max-sm:translate-x-0 max-sm:rounded-bar max-sm:px-2.5"
    >
      <span className="mr-1.5 flex items-center gap-1 border-r border-line pr-1.5 font-[600] tabular-nums max-sm:hidden">
        {t('library.chosen', { count })}
        <IconButton label={t('library.unchoose')} onClick={acts.clear}>
          <X size={16} aria-hidden />
        </IconButton>
      </span>
      {trash ? (
        <>
          <Act Icon={RotateCcw} label={t('asset.restore')} onPress={acts.restore} />
          <Act Icon={Trash2} label={t('asset.purge')} danger onPress={acts.purge} />
        </>
      ) : (
        <>
          {canShare() && <Act Icon={Share} label={t('asset.share')} onPress={acts.share} className="sm:hidden" />}
          <Compare chosen={chosen} />
          <Act Icon={Tag} label={t('bulk.tag')} onPress={acts.tag} />
          <Act Icon={FolderPlus} label={t('bulk.collect')} onPress={acts.collect} className="max-sm:hidden" />
          <Act Icon={Download} label={t('bulk.export')} onPress={acts.export} className={clsx(canShare() && 'max-sm:hidden')} />
          <Act Icon={Trash2} label={t('bulk.trash')} danger bare onPress={acts.trash} />
          <SendMenu chosen={chosen} acts={acts} />
        </>
      )}
    </div>
  );
}

interface ActProps {
  Icon: LucideIcon;
  label: string;
  danger?: boolean;
  /** On the desk only its sign is seen. */
  bare?: boolean;
  className?: string;
  onPress: () => void;
}

const act = 'flex h-9 items-center justify-center gap-2 rounded-chip px-2.5 text-body font-[560] hover:bg-sunken max-sm:h-14 max-sm:min-w-11 max-sm:flex-1 max-sm:flex-col max-sm:gap-1 max-sm:px-0.5 max-sm:text-rail';

function Act({ Icon, label, danger = false, bare = false, className, onPress }: ActProps) {
  return (
    <button type="button" title={label} onClick={onPress} className={clsx(act, danger && 'text-danger hover:bg-danger-soft', className)}>
      <Icon size={17} aria-hidden />
      <span className={clsx(bare && 'sm:sr-only')}>{label}</span>
    </button>
  );
}

function Compare({ chosen }: { chosen: readonly Asset[] }) {
  if (chosen.length < 2 || chosen.length > COMPARED) {
    return (
      <span aria-disabled title={t('bulk.compareHow')} className={clsx(act, 'cursor-default opacity-45 hover:bg-transparent')}>
        <Columns2 size={17} aria-hidden />
        {t('bulk.compare')}
      </span>
    );
  }
  return (
    <Link to="/compare" search={{ ids: chosen.map(({ id }) => id).join(',') }} className={act}>
      <Columns2 size={17} aria-hidden />
      {t('bulk.compare')}
    </Link>
  );
}

function SendMenu({ chosen, acts }: { chosen: readonly Asset[]; acts: BulkActs }) {
  const [first] = chosen;
  const { leave } = acts;
  return (
    <Menu
      trigger={
        <button type="button" className={clsx(ink, 'ml-1.5')}>
          {t('bulk.sendTo')}
          <ChevronDown size={16} aria-hidden className="max-sm:hidden" />
        </button>
      }
    >
      {chosen.length === 1 && first && (
        <>
          {STUDIOS.map(({ to, label, Icon }) => (
            <MenuItem key={to} icon={<Icon size={16} aria-hidden />} onSelect={() => acts.send(to, first)}>
              {t(label)}
            </MenuItem>
          ))}
          <MenuLine />
        </>
      )}
      <MenuItem icon={<Inbox size={16} aria-hidden />} onSelect={acts.toTray}>
        {t('bulk.toTray')}
      </MenuItem>
      <MenuItem icon={<Heart size={16} aria-hidden />} onSelect={acts.favorite}>
        {t('library.favorites')}
      </MenuItem>
      <MenuItem icon={<FolderPlus size={16} aria-hidden />} onSelect={acts.collect}>
        {t('bulk.collectIn')}
      </MenuItem>
      {leave && (
        <MenuItem icon={<FolderX size={16} aria-hidden />} onSelect={leave}>
          {t('bulk.leave')}
        </MenuItem>
      )}
      <MenuItem icon={<Download size={16} aria-hidden />} onSelect={acts.export}>
        {t('bulk.zip')}
      </MenuItem>
    </Menu>
  );
}
