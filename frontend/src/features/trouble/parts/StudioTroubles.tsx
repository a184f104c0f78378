import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useReach } from '~/api/connection';
import { t } from '~/app/i18n';
import { say } from '~/features/toasts/store';
import { closeDoor } from '../door';
import { dropPause } from '../pause';
import { dropShortage, useShortage } from '../short';
import { ConnectionBanner } from './ConnectionBanner';
import { PauseBanner } from './PauseBanner';

// Few ever see it.
const ShortDialog = lazy(async () => ({ default: (await import('./ShortDialog')).ShortDialog }));

/** What can get in the way on any page. */
export function StudioTroubles() {
  const shortage = useShortage();
  useEffect(() => dropAll, []);
  return (
    <>
      <ConnectionBanner />
      <PauseBanner />
      <Suspense>{shortage && <ShortDialog />}</Suspense>
    </>
  );
}

/** Whoever leaves the studio waits for nothing in it. */
function dropAll(): void {
  dropShortage();
  dropPause();
  closeDoor(false);
}

/** When the studio answers again, everything is asked anew: what happened meanwhile is seen, and nothing old stays. */
export function useReturn(): void {
  const reach = useReach();
  const client = useQueryClient();
  const gone = useRef(false);
  useEffect(() => {
    if (reach === 'away') gone.current = true;
    if (reach !== 'here' || !gone.current) return;
    gone.current = false;
    void client.invalidateQueries();
    say({ text: t('trouble.back') });
  }, [reach, client]);
}
