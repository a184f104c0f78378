import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useRun } from '~/features/jobs/queries';
import { isActive, readyOf, type Run } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import { useCutOut } from './queries';

/** Cuts out, and says how it ended: with the way to the result, or with the reason. */
export function useCutOutFlow() {
  const navigate = useNavigate();
  const cutOut = useCutOut();
  const { data: run } = useRun(cutOut.data?.id);
  const ended = run !== undefined && !isActive(run.job) ? run : undefined;

  useEffect(() => {
    if (ended) report(ended, (id) => void navigate({ to: '/library', search: { asset: id } }));
  }, [ended, navigate]);

  const start = (assetId: string) =>
    cutOut.mutate(assetId, { onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }) });
  const working = cutOut.data !== undefined && ended === undefined;
  return { start, busy: cutOut.isPending || working };
}

const reported = new Set<string>();

/** Once for each job: caches are refreshed after the end, too. */
function report(run: Run, open: (id: string) => void): void {
  const { job } = run;
  if (reported.has(job.id)) return;
  reported.add(job.id);
  const [picture] = readyOf(run);
  if (picture) {
    const action = { label: t('action.open'), perform: () => open(picture.id) };
    say({ text: t('asset.cutOutReady'), image: picture.thumbnail_url ?? picture.url, action });
  } else if (job.status === 'failed') say({ text: titleOf(job.problem ?? {}), tone: 'danger' });
}
