import { clsx } from 'clsx';
import { ImagePlus } from 'lucide-react';
import type { Asset } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { Photo } from '~/components/ImageStudio/ui/Photo';

interface HistoryStripProps {
  /** The oldest first. */
  line: readonly Asset[];
  current: string;
  onGo: (assetId: string) => void;
  /** Starts with another picture. */
  onOther: () => void;
}

const operationOf = ({ asset_metadata: facts }: Asset) => (typeof facts?.['operation'] === 'string' ? facts['operation'] : undefined);

function nameOf(asset: Asset, first: boolean): string {
  const operation = operationOf(asset);
  return (operation && maybe(`edit.name.${operation}`)) || asset.title || (first ? t('edit.original') : asset.filename);
}

/** The picture's way so far: each step can be gone back to, and a new edit from there begins a new branch. */
export function HistoryStrip({ line, current, onGo, onOther }: HistoryStripProps) {
  return (
    <nav aria-label={t('edit.history')} className="flex h-19 shrink-0 items-center gap-3 overflow-x-auto [scrollbar-width:none]">
      <ol className="flex items-center">
        {line.map((asset, index) => {
          const name = nameOf(asset, index === 0);
          const chosen = asset.id === current;
          return (
            <li key={asset.id} className="flex items-center">
              {index > 0 && <span aria-hidden className="h-px w-4 bg-line-strong opacity-50" />}
              <button
                type="button"
                aria-label={t('edit.step', { name })}
                aria-current={chosen ? 'step' : undefined}
                onClick={() => onGo(asset.id)}
                className="group m-1 flex flex-col items-center gap-1 rounded-control"
              >
                <Photo
                  src={asset.thumbnail_url ?? asset.file_url}
                  alt=""
                  width={asset.width ?? 1}
                  height={asset.height ?? 1}
                  thumbhash={asset.thumbhash}
                  className={clsx('h-12 w-18 rounded-chip', chosen ? 'selected-ring' : 'opacity-80 group-hover:opacity-100')}
                />
                <span className={clsx('max-w-20 truncate text-caption', chosen ? 'font-[600]' : 'text-muted')}>{name}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        onClick={onOther}
        className="quiet-control ml-auto flex h-9 shrink-0 items-center gap-2 rounded-control px-3 text-second font-[560] hover:bg-raised max-sm:h-11"
      >
        <ImagePlus size={16} aria-hidden />
        {t('edit.other')}
      </button>
    </nav>
  );
}
