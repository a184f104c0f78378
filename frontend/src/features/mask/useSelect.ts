import { useEffect, useRef } from 'react';
import { base } from '~/api/base';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { orderEdit, useStartEdit } from '~/features/edit/queries';
import { useRun } from '~/features/jobs/queries';
import { isActive, readyOf } from '~/features/jobs/run';
import type { Point } from '~/features/picture/view';
import { say } from '~/features/toasts/store';
import { levelsAt } from './aside';
import type { MaskEngine } from './engine/engine';

/** What is to be found: the subject, what is behind it, or the thing at a place (in fractions of the picture). */
export type Wanted = { what: 'subject' | 'background' } | { what: 'points'; at: Point; marks: boolean };

const optionsOf = (wanted: Wanted) => (wanted.what === 'points' ? { what: wanted.what, points: [{ ...wanted.at, keep: true }] } : { what: wanted.what });

/** Finds things by the `select` operation and marks them, or takes their marks away; each as one step. */
export function useSelect(assetId: string, engine: MaskEngine) {
  const start = useStartEdit();
  const { data: run } = useRun(start.data?.id);
  const told = useRef<string>(undefined);
  const marks = useRef(true);
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
      .then((levels) => engine.add(levels, marks.current))
      .catch(() => say({ text: t('mask.subjectLost'), tone: 'danger' }));
    return undefined;
  }, [ended, engine]);

  const finding = start.isPending || (start.data !== undefined && ended === undefined);
  const find = (wanted: Wanted) => {
    if (finding) return;
    marks.current = wanted.what !== 'points' || wanted.marks;
    start.mutate(orderEdit({ operation: 'select', image_asset_id: assetId, response_format: 'url', options: optionsOf(wanted) }), {
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  };
  return { find, finding };
}
