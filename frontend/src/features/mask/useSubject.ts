import { useEffect, useRef } from 'react';
import { base } from '~/api/base';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { orderEdit, useStartEdit } from '~/features/edit/queries';
import { useRun } from '~/features/jobs/queries';
import { isActive, readyOf } from '~/features/jobs/run';
import { say } from '~/features/toasts/store';
import type { MaskEngine } from './engine/engine';
import { levelsAt } from './engine/files';

/** Finds the subject by the `select` operation and marks it, as one step. */
export function useSubject(assetId: string, engine: MaskEngine) {
  const start = useStartEdit();
  const { data: run } = useRun(start.data?.id);
  const told = useRef<string>(undefined);
  const ended = run !== undefined && !isActive(run.job) ? run : undefined;

  useEffect(() => {
    if (!ended || told.current === ended.job.id) return undefined;
    told.current = ended.job.id;
    const [mask] = readyOf(ended);
    const { width, height } = engine.mask;
    if (!mask) {
      return say({ text: [titleOf(ended.job.problem ?? {}), ended.job.problem?.['detail']].filter(Boolean).join('. '), tone: 'danger' });
    }
    void levelsAt(`${base}/api/content-assets/${mask.id}/content`, width, height)
      .then((levels) => engine.add(levels))
      .catch(() => say({ text: t('mask.subjectLost'), tone: 'danger' }));
    return undefined;
  }, [ended, engine]);

  const find = () =>
    start.mutate(orderEdit({ operation: 'select', image_asset_id: assetId, response_format: 'url' }), {
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  const finding = start.isPending || (start.data !== undefined && ended === undefined);
  return { find: () => !finding && find(), finding };
}
