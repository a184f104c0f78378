import { Copy } from 'lucide-react';
import type { Asset } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { say } from '~/features/toasts/store';
import { about, bytes, money } from '~/lib/format';
import { engineName } from '../choices';
import { Origin } from './Origin';
import { TagField } from './TagField';

const CREDITS_PER_DOLLAR = 100;

interface FactsProps {
  asset: Asset;
  /** Without it, tags are only read. */
  onRetag: ((tags: string[]) => void) | undefined;
}

/** How often it was taken along: nothing where it never was. */
const usedOf = ({ download_count: downloads, share_count: shares }: Asset) =>
  [downloads > 0 && t('asset.downloads', { count: downloads }), shares > 0 && t('asset.shares', { count: shares })].filter(Boolean).join(', ');

/** What is known of how an asset was made and used. */
export function Facts({ asset, onRetag }: FactsProps) {
  const { prompt, provider, model, generation_time: took, cost, tags, files } = asset;
  const engine = [provider && engineName(provider), model].filter(Boolean).join(', ');
  const rows = [
    { name: t('asset.engine'), text: engine },
    { name: t('asset.took'), text: took === null ? '' : about(took) },
    { name: t('asset.cost'), text: provider ? money(cost / CREDITS_PER_DOLLAR) : '' },
    { name: t('asset.source'), text: asset.source_module === 'upload' ? (maybe('status.uploaded') ?? '') : '' },
    { name: t('asset.used'), text: usedOf(asset) },
    { name: t('asset.tags'), text: onRetag ? '' : tags.join(', ') },
  ].filter(({ text }) => text !== '');
  const copy = async () => {
    await navigator.clipboard.writeText(prompt ?? '');
    say({ text: t('asset.promptCopied') });
  };
  return (
    <dl className="grid grid-cols-[76px_1fr] gap-y-2.5 border-t border-line px-1 pt-3.5 text-second">
      {prompt && (
        <>
          <dt className="text-muted">{t('asset.prompt')}</dt>
          <dd className="flex items-start gap-1">
            <span className="min-w-0 flex-1 wrap-break-word">{prompt}</span>
            {/* The clipboard is shut on plain http outside localhost. */}
            {navigator.clipboard && (
              <IconButton label={t('asset.promptCopy')} onClick={() => void copy()} className="-mt-2 -mr-1">
                <Copy size={15} aria-hidden />
              </IconButton>
            )}
          </dd>
        </>
      )}
      {files.length > 0 && (
        <>
          <dt className="text-muted">{t('asset.files')}</dt>
          <dd className="flex flex-col gap-1">
            {files.map((file) => (
              <a key={file.name} href={file.url} download={file.name} className="text-accent hover:underline">
                {t('asset.file', { name: file.name, size: bytes(file.file_size) })}
              </a>
            ))}
          </dd>
        </>
      )}
      {rows.map(({ name, text }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-break-word">{text}</dd>
        </div>
      ))}
      {onRetag && (
        <>
          <dt className="text-muted">{t('asset.tags')}</dt>
          <dd>
            <TagField tags={tags} onChange={onRetag} />
          </dd>
          <Origin assetId={asset.id} />
        </>
      )}
    </dl>
  );
}
