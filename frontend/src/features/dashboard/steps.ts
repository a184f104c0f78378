// What a newcomer has done already, told by what the studio knows. Pure.
import type { MessageKey } from '~/app/i18n';
import type { SpendingLine } from '~/api/types';

interface Step {
  name: 'make' | 'fix' | 'export' | 'engine';
  label: MessageKey;
  done: boolean;
}

const FIXES = new Set(['inpaint', 'erase', 'outpaint', 'search_replace', 'search_recolor', 'relight', 'general_edit', 'remove_background']);

/** The four first steps; `engines` says whether one is ready that is not this machine. */
export function stepsOf(lines: readonly SpendingLine[], engines: boolean): readonly Step[] {
  const did = (of: (operation: string) => boolean) => lines.some(({ operation, pictures }) => pictures > 0 && of(operation));
  return [
    { name: 'make', label: 'home.stepMake', done: did((operation) => operation === 'create') },
    { name: 'fix', label: 'home.stepFix', done: did((operation) => FIXES.has(operation)) },
    { name: 'export', label: 'home.stepExport', done: did((operation) => operation === 'social') },
    { name: 'engine', label: 'home.stepEngine', done: engines },
  ];
}
