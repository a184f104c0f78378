import { Link } from '@tanstack/react-router';
import { Download, Images } from 'lucide-react';
import type { RecodeAnswer } from '~/api/types';
import { t } from '~/app/i18n';
import { buttonLook } from '~/components/ImageStudio/ui/Button';
import { bytes } from '~/lib/format';
import { renamed } from '../form';
import { closeSaveAs } from '../store';

interface SavedProps {
  file: RecodeAnswer;
  /** What the picture's own file is called. */
  name: string;
}

/** The new file beside the old: how large, how like it, and what was kept. */
export function Saved({ file, name }: SavedProps) {
  const most = Math.max(file.bytes, file.original_bytes);
  const saved = Math.round(Math.abs(file.saved) * 100);
  const change = file.unchanged ? t('saveAs.unchanged') : t(file.saved >= 0 ? 'saveAs.smaller' : 'saveAs.larger', { percent: saved });
  const facts = [
    file.quality === null ? null : t('saveAs.madeAt', { quality: file.quality }),
    t('saveAs.like', { percent: (Math.floor(file.ssim * 1000) / 10).toLocaleString() }),
    file.frames > 1 ? t('saveAs.frames', { count: file.frames }) : null,
    t('size.pixels', { width: file.width, height: file.height }),
  ];
  return (
    <section aria-label={t('saveAs.done')} className="flex flex-col gap-3">
      <div role="status" className="rounded-card bg-sunken p-3.5">
        <Bar label={t('saveAs.before')} size={file.original_bytes} most={most} look="bg-line-strong" />
        <Bar label={t('saveAs.now')} size={file.bytes} most={most} look="bg-accent-fill" />
        <p className="mt-2 font-[600]">{change}</p>
        <p className="text-second text-muted tabular-nums">{facts.filter(Boolean).join(', ')}</p>
        {file.warnings?.map((warning) => (
          <p key={warning} className="mt-1 text-second text-warn">
            {warning}
          </p>
        ))}
      </div>
      <div className="flex gap-2">
        <a href={file.url} download={renamed(name, file.output_format)} className={buttonLook('ink', 'flex-1')}>
          <Download size={16} aria-hidden />
          {t('asset.save')} {file.output_format.toUpperCase()}
        </a>
        <Link to="/library" search={{ asset: file.asset_id }} onClick={closeSaveAs} className={buttonLook('plain')}>
          <Images size={16} aria-hidden />
          {t('place.library')}
        </Link>
      </div>
    </section>
  );
}

function Bar({ label, size, most, look }: { label: string; size: number; most: number; look: string }) {
  return (
    <div className="flex items-center gap-3 text-second">
      <span className="w-16 shrink-0 text-muted">{label}</span>
      <span aria-hidden className="h-1.5 min-w-0 flex-1">
        <span className={`block h-full min-w-1 rounded-full ${look}`} style={{ width: `${(size / most) * 100}%` }} />
      </span>
      <span className="w-20 shrink-0 text-right font-[600] tabular-nums">{bytes(size)}</span>
    </div>
  );
}
