import { Maximize, Minus, Plus } from 'lucide-react';
import { t } from '~/app/i18n';
import type { Viewing } from '../useView';

const button = 'flex size-9 items-center justify-center rounded-chip hover:bg-sunken max-sm:size-11';

/** How close one is, and the ways closer, further off and back to the whole. */
export function ZoomBar({ viewing }: { viewing: Viewing }) {
  const percent = Math.round(viewing.view.scale * devicePixelRatio * 100);
  return (
    <div data-over role="group" aria-label={t('view.zoom')} className="over flex items-center rounded-control p-0.5 shadow-panel">
      <button type="button" aria-label={t('view.further')} title={t('view.further')} onClick={() => viewing.zoom(0.8)} className={button}>
        <Minus size={16} aria-hidden />
      </button>
      <button
        type="button"
        aria-label={t('view.actual', { percent })}
        title={t('view.actualHint')}
        onClick={viewing.toActual}
        className="h-9 min-w-13 rounded-chip px-1 text-second max-sm:min-w-11 max-sm:px-0 font-[580] tabular-nums hover:bg-sunken max-sm:h-11"
      >
        {t('view.percent', { percent })}
      </button>
      <button type="button" aria-label={t('view.closer')} title={t('view.closer')} onClick={() => viewing.zoom(1.25)} className={button}>
        <Plus size={16} aria-hidden />
      </button>
      <button type="button" aria-label={t('view.whole')} title={t('view.whole')} aria-pressed={viewing.whole} onClick={viewing.toWhole} className={button}>
        <Maximize size={15} aria-hidden />
      </button>
    </div>
  );
}
