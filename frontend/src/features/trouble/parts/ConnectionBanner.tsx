import { tryNow, useOnline, useReach } from '~/api/connection';
import { t } from '~/app/i18n';
import { AsyncStatusBanner } from '~/components/ImageStudio/ui/AsyncStatusBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { useJobs } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { useSettled } from '~/lib/react';
import { AbovePage } from '../above';
import { LOCAL } from '../patience';

const LOOPBACK = /^(localhost|127\.|\[::1\])/;

/** Without a network, or without an answer of the studio: what is kept, and that it comes back by itself. */
export function ConnectionBanner() {
  const reach = useReach();
  const online = useOnline();
  // A hiccup is over before anybody could read of it.
  const away = useSettled(reach === 'away', 400) && reach === 'away';
  if (away && online) {
    return (
      <AbovePage rank="connection">
        <AsyncStatusBanner tone="offline" title={t('trouble.away')} action={<Button onClick={() => void tryNow()}>{t('trouble.tryNow')}</Button>}>
          <p>{t('trouble.awayNote')}</p>
        </AsyncStatusBanner>
      </AbovePage>
    );
  }
  if (online || (!away && !LOOPBACK.test(location.hostname))) return null;
  return (
    <AbovePage rank="connection">
      <AsyncStatusBanner tone="offline" title={t('trouble.offline')}>
        <p>{away ? t('trouble.offlineNote') : <LocalWork />}</p>
      </AsyncStatusBanner>
    </AbovePage>
  );
}

/** The studio on this machine goes on without the network; engines elsewhere wait for it. */
function LocalWork() {
  const { data } = useJobs(true);
  const waiting = data?.jobs.filter((job) => isActive(job) && job.provider && job.provider !== LOCAL).length ?? 0;
  return waiting > 0 ? t('trouble.localAndWaiting', { count: waiting }) : t('trouble.localGoesOn');
}
