import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { cuts, restingPoint, type Aim } from '../aim';
import type { Extent } from '../crop';

interface FocusNoteProps {
  aim: Aim;
  source: Extent;
  /** The picture is a design of the studio, which is laid out again instead of cut. */
  designed: boolean;
  /** The studio is still looking for what matters. */
  looking: boolean;
  onAim: (aim: Aim) => void;
}

/** Where the crops look and who says so, and the way back to the studio's own choice. */
export function FocusNote({ aim, source, designed, looking, onAim }: FocusNoteProps) {
  if (designed) return <p className="py-1.5 text-second text-muted">{t('social.laidOut')}</p>;
  if (!cuts(aim.mode)) return <p className="min-h-8 py-1.5 text-second text-muted">{t('social.nothingCut')}</p>;
  const point = restingPoint(aim, source);
  const own = aim.mode === 'smart' && aim.focus !== null;
  const found = Object.keys(aim.found).length > 0;
  const says = aim.mode === 'center' ? t('social.middle') : own ? t('social.byYou') : aim.faces.length > 0 ? t('social.byFaces', { count: aim.faces.length }) : found ? t('social.byStudio') : looking ? t('social.looking') : t('social.atExport');
  const moved = own || Object.keys(aim.own).length > 0;
  return (
    <div className="flex min-h-8 items-center gap-3 text-second">
      <p className="whitespace-nowrap tabular-nums">{t('social.point', { x: Math.round(point.x * 100), y: Math.round(point.y * 100) })}</p>
      <p className="flex min-w-0 items-center gap-1.5 text-muted">
        <span aria-hidden className={clsx('size-1.5 shrink-0 rounded-full', own || found ? 'bg-ok' : 'bg-line-strong', looking && 'animate-pulse')} />
        <span className="truncate" title={says}>
          {says}
        </span>
      </p>
      {moved && (
        <Button small look="bare" className="-mr-2 ml-auto" onClick={() => onAim({ ...aim, focus: null, own: {} })}>
          {t('social.reset')}
        </Button>
      )}
    </div>
  );
}
