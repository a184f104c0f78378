// Which pictures of a run are to be compared. Pure.

export const FEWEST_COMPARED = 2;
export const MOST_COMPARED = 4;

/** The picks with one more, or without it; of too many, the oldest goes. */
export function toggled(picks: readonly string[], id: string): readonly string[] {
  return picks.includes(id) ? picks.filter((each) => each !== id) : [...picks, id].slice(-MOST_COMPARED);
}

/** What is compared from one picture: the picks where there are enough of them, else it and its first neighbours. */
export function compared(picks: readonly string[], id: string, ready: readonly string[]): readonly string[] {
  if (picks.length >= FEWEST_COMPARED) return picks;
  return [id, ...ready.filter((each) => each !== id)].slice(0, MOST_COMPARED);
}
