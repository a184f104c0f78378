// What could be said besides, laid over what was written. Pure.
import type { ImproveAnswer } from '~/api/types';

export interface Insertion {
  /** What comes after the writer's own words, as it reads. */
  text: string;
  /** The prompt with it. */
  prompt: string;
  additions: ImproveAnswer['additions'];
}

/** What an answer would add at the end of a prompt; null where it adds nothing or was given for other words. */
export function insertionIn(prompt: string, answer: ImproveAnswer | undefined): Insertion | null {
  const own = prompt.trim();
  if (!answer || own === '' || answer.additions.length === 0 || !answer.prompt.startsWith(own)) return null;
  const text = answer.prompt.slice(own.length);
  const said = answer.additions.every((addition) => text.toLowerCase().includes(addition.text.toLowerCase()));
  return said ? { text, prompt: answer.prompt, additions: answer.additions } : null;
}

/** A few words are needed before anything can be suggested for them. */
export const isWorthImproving = (prompt: string) => prompt.trim().split(/\s+/).length >= 2;
