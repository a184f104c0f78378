import { asProblem } from '~/api/errors';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { say } from './store';

/** Says at the bottom what went wrong. */
export function sayProblem(thrown: unknown): void {
  const problem = asProblem(thrown);
  say({ text: [titleOf(problem), problem.detail].filter(Boolean).join('. '), tone: 'danger' });
}
