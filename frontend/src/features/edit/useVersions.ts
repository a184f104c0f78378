import { useState } from 'react';
import { t } from '~/app/i18n';
import { useRun } from '~/features/jobs/queries';
import { readyOf } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import { versionsAs, versionsIn } from './lines';
import { useDiscard } from './queries';

/** The versions of a picture that wait to be used: which there are, and which one is looked at. */
export function useVersions(job: string | undefined, onJobs: (job: string | undefined) => void) {
  const ids = versionsIn(job);
  const latest = ids.at(-1);
  // Nothing chosen yet: the newest; null: the picture itself.
  const [chosen, choose] = useState<string | null>();
  const shown = chosen === null ? undefined : (ids.find((id) => id === chosen) ?? latest);
  const { data: run } = useRun(shown);
  const { discard, restore } = useDiscard();
  const [result] = run && run.job.status === 'done' ? readyOf(run) : [];

  const drop = (id: string, assetId: string | undefined) => {
    const before = versionsAs(ids);
    choose(undefined);
    onJobs(versionsAs(ids.filter((each) => each !== id)));
    if (assetId === undefined) return;
    const back = () => restore.mutate(assetId, { onSuccess: () => onJobs(before) });
    discard.mutate(assetId, { onSuccess: () => say({ text: t('edit.discarded'), action: { label: t('action.undo'), perform: back } }) });
  };
  const add = (id: string) => {
    choose(undefined);
    onJobs(versionsAs([...ids, id]));
  };
  return { ids, latest, shown, job: run?.job, result, choose, drop, add };
}
