import { TriangleAlert } from 'lucide-react';
import type { Job } from '~/api/types';

/** What the server wants to be known about a result that it gave all the same, such as words that had no effect. */
export function Warnings({ job }: { job: Job }) {
  const { warnings = [] } = (job.result ?? {}) as { warnings?: string[] };
  return warnings.map((warning) => (
    <p key={warning} className="flex gap-1.5 text-second text-warn">
      <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
      {warning}
    </p>
  ));
}
