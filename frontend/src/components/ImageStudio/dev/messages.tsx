import { useState } from 'react';
import { StudioProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { starterArt } from '~/features/create/parts/starters';
import { Inside } from '~/features/trouble/above';
import { Waiting } from '~/features/trouble/parts/PauseBanner';
import { clock } from '~/lib/format';
import { ProblemBanner } from '../ProblemBanner';
import { AsyncStatusBanner } from '../ui/AsyncStatusBanner';
import { Button } from '../ui/Button';
import { toastButton, ToastPicture, toastSkin } from '../ui/Toasts';

const nothing = () => {};

/** Each kind of banner, standing where it is written. */
export function Banners() {
  const [pause] = useState(() => ({
    problem: new StudioProblem({ status: 503, code: 'pause', title: t('dev.pauseTitle') }),
    until: Date.now() + 24_000,
    local: true,
    take: nothing,
  }));
  const failed = new StudioProblem({ status: 502, code: 'provider-failed', title: t('problem.unknown'), request_id: '4f1c' });
  const soon = new StudioProblem({ status: 429, code: 'too-many-attempts', retry_after: 90 });
  return (
    <Inside value>
      <AsyncStatusBanner tone="offline" title={t('trouble.offline')}>
        <p>{t('trouble.localAndWaiting', { count: 2 })}</p>
      </AsyncStatusBanner>
      <AsyncStatusBanner tone="offline" title={t('trouble.away')} action={<Button onClick={nothing}>{t('trouble.tryNow')}</Button>}>
        <p>{t('trouble.awayNote')}</p>
      </AsyncStatusBanner>
      <AsyncStatusBanner tone="fallback" title={t('fallback.title', { engine: 'Local' })} action={<Button onClick={nothing}>{t('action.retry')}</Button>}>
        <p>{t('fallback.note', { engine: 'Stability', reason: t('dev.spare') })}</p>
      </AsyncStatusBanner>
      <Waiting pause={pause} />
      <ProblemBanner problem={soon} />
      <ProblemBanner problem={failed} kept={t('edit.kept')} action={<Button onClick={nothing}>{t('action.retry')}</Button>} />
    </Inside>
  );
}

/** Toasts as they stand at the bottom of a page. */
export function Toasts() {
  return (
    <>
      <div className={toastSkin('plain')}>
        <ToastPicture src={starterArt.sale} />
        <p className="min-w-0 flex-1 py-2 font-[550]">{t('asset.trashed')}</p>
        <span className="text-second tabular-nums opacity-75">{clock(8)}</span>
        <button type="button" className={toastButton}>
          {t('action.undo')}
        </button>
      </div>
      <div className={toastSkin('plain')}>
        <ToastPicture src={starterArt.harbour} />
        <p className="min-w-0 flex-1 py-2 font-[550]">{t('dev.made')}</p>
        <button type="button" className={toastButton}>
          {t('action.open')}
        </button>
      </div>
      <div className={toastSkin('danger')}>
        <p className="min-w-0 flex-1 py-2 font-[550]">{t('mask.subjectLost')}</p>
      </div>
    </>
  );
}
