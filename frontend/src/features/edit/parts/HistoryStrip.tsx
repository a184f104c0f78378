import { clsx } from 'clsx';
import { Ellipsis, GitBranch, ImagePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Relative } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { Photo } from '~/components/ImageStudio/ui/Photo';

interface HistoryStripProps {
  /** The oldest first. */
  line: readonly Relative[];
  current: string;
  /** Whether a version is looked at instead. */
  away: boolean;
  /** The ends of other ways, the newest first. */
  branches: readonly Relative[];
  onGo: (assetId: string) => void;
  /** Makes the current picture, or another end, the last of the strip. */
  onBranch: (assetId: string) => void;
  /** Starts with another picture. */
  onOther: () => void;
  /** Versions that are no step yet. */
  children?: ReactNode;
}

function nameOf({ operation, title, filename }: Relative, first: boolean): string {
  return (operation && maybe(`edit.name.${operation}`)) || title || (first ? t('edit.original') : filename);
}

/** The picture's way so far: each step can be gone back to, and a new edit from there begins a new branch. */
export function HistoryStrip({ line, current, away, branches, onGo, onBranch, onOther, children }: HistoryStripProps) {
  const earlier = line.length > 1 && line.at(-1)?.id !== current;
  return (
    <div className="flex min-h-24 shrink-0 items-center gap-3 max-sm:flex-wrap">
      <nav aria-label={t('edit.history')} className="flex min-w-24 items-center overflow-x-auto [scrollbar-width:none]">
        <ol className="flex items-center">
          {line.map((step, index) => (
            <li key={step.id} className="flex items-center">
              {index > 0 && <span aria-hidden className="mb-5 h-px w-3 bg-line-strong opacity-60" />}
              <Step step={step} name={nameOf(step, index === 0)} chosen={step.id === current} lit={step.id === current && !away} onGo={() => onGo(step.id)} />
            </li>
          ))}
        </ol>
      </nav>
      {children}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        {earlier && (
          <Button small onClick={() => onBranch(current)}>
            <GitBranch size={15} aria-hidden />
            {t('edit.branch')}
          </Button>
        )}
        <Menu
          trigger={
            <IconButton label={t('edit.ways')} look="plain">
              <Ellipsis size={17} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<ImagePlus size={16} aria-hidden />} onSelect={onOther}>
            {t('edit.other')}
          </MenuItem>
          {branches.length > 0 && <MenuLine />}
          {branches.length > 0 && <MenuLabel>{t('edit.branches')}</MenuLabel>}
          {branches.map((end) => (
            <MenuItem key={end.id} icon={<Thumb step={end} className="size-9 rounded-chip" />} onSelect={() => onBranch(end.id)}>
              {nameOf(end, false)}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </div>
  );
}

function Thumb({ step, className }: { step: Relative; className: string }) {
  return <Photo src={step.thumbnail_url ?? ''} alt="" width={step.width ?? 1} height={step.height ?? 1} thumbhash={null} className={className} />;
}

interface StepProps {
  step: Relative;
  name: string;
  chosen: boolean;
  lit: boolean;
  onGo: () => void;
}

function Step({ step, name, chosen, lit, onGo }: StepProps) {
  return (
    <button
      type="button"
      aria-label={t('edit.step', { name })}
      aria-current={chosen ? 'step' : undefined}
      onClick={onGo}
      className="group m-1 flex flex-col items-center gap-1 rounded-control"
    >
      <Thumb step={step} className={clsx('h-14 w-21 rounded-control', lit ? 'selected-ring' : 'opacity-85 group-hover:opacity-100')} />
      <span className={clsx('max-w-21 truncate text-caption', chosen ? 'font-[600]' : 'text-muted')}>{name}</span>
    </button>
  );
}
