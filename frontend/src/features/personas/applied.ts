// What a persona changed about a picture, as the answer tells it.
import type { Job } from '~/api/types';

export interface AppliedPersona {
  id: string;
  name: string;
  /** What became of a field of the request, and why. */
  changes?: readonly { field: string; text: string; reason: string }[];
}

const isApplied = (value: unknown): value is AppliedPersona => typeof value === 'object' && value !== null && 'name' in value && 'id' in value;

/** The persona that a job's pictures were made as, once the job has a result that says so. */
export function appliedIn(job: Job): AppliedPersona | undefined {
  const metadata = (job.result as { metadata?: { persona?: unknown } } | null | undefined)?.metadata;
  return isApplied(metadata?.persona) ? metadata.persona : undefined;
}
