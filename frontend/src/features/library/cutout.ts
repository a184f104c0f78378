import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useRun } from '~/features/jobs/queries';
import { readyOf } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import { useCutOut } from './queries';

/** Cuts out, and says how it ended: with the way to the result, or with the reason. */
export function useCutOutFlow() {
  const navigate = useNavigate();
  const cutOut = useCutOut();
  const [jobId, setJobId] = useState<string>();
  const { data: run } = useRun(jobId);
  const status = run?.job.status;

  useEffect(() => {
    if (!run || status === undefined || jobId === undefined) return;
    const [picture] = readyOf(run);
    if (status === 'done' && picture) {
      const open = () => void navigate({ to: '/library', search: { asset: picture.id } });
      say({ text: t('asset.cutOutReady'), image: picture.thumbnail_url ?? picture.url, action: { label: t('action.open'), perform: open } });
      setJobId(undefined);
    } else if (status === 'failed') {
      say({ text: titleOf(run.job.problem ?? {}), tone: 'danger' });
      setJobId(undefined);
    } else if (status === 'cancelled') setJobId(undefined);
  }, [run, status, jobId, navigate]);

  const start = (assetId: string) =>
    cutOut.mutate(assetId, {
      onSuccess: ({ id }) => setJobId(id),
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  return { start, busy: cutOut.isPending || jobId !== undefined };
}
