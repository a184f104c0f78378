// What of a text someone means who types only some of its letters. Pure.

/** From, to (exclusive) of a piece of the text that was meant. */
export type Spot = readonly [number, number];

export interface Match {
  /** The better, the higher. */
  score: number;
  spots: readonly Spot[];
}

/** Letter by letter, so that places stay what they are: é is found by e, and ß by s. */
const plain = (text: string) => [...text].map((letter) => letter.normalize('NFD')[0]?.toLowerCase() ?? letter).join('').replaceAll('ß', 's');

const isWordStart = (text: string, at: number) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '');

/** A word as it stands in the text: best at the beginning, then where a word begins, then within one. */
function whole(word: string, text: string): Match | null {
  let best: Match | null = null;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const score = at === 0 ? 8 : isWordStart(text, at) ? 6 : 2;
    if (!best || score > best.score) best = { score, spots: [[at, at + word.length]] };
  }
  return best;
}

/** The letters of a word one after the other, each where a word begins or next to the one before: "gl" is "Go to Library". */
function initials(word: string, text: string): Match | null {
  const spots: Spot[] = [];
  let last = -1;
  for (const letter of word) {
    let at = text[last + 1] === letter ? last + 1 : text.indexOf(letter, last + 1);
    while (at > last + 1 && !isWordStart(text, at)) at = text.indexOf(letter, at + 1);
    if (at < 0 || (at !== last + 1 && !isWordStart(text, at)) || (last < 0 && !isWordStart(text, at))) return null;
    spots.push([at, at + 1]);
    last = at;
  }
  return { score: 1, spots };
}

/** How a text answers what was typed; null where it doesn't. Every word has to be found, in the text or in what else it is called. */
export function match(typed: string, text: string, keywords = ''): Match | null {
  const [there, also] = [plain(text), plain(keywords)];
  let score = 0;
  const spots: Spot[] = [];
  for (const word of plain(typed).split(/\s+/).filter(Boolean)) {
    const found = whole(word, there) ?? initials(word, there);
    if (found) spots.push(...found.spots);
    else if (!whole(word, also)) return null;
    score += found?.score ?? 1;
  }
  return { score, spots: spots.toSorted(([one], [other]) => one - other) };
}

/** A text cut into what was meant and what was not. */
export function pieces(text: string, spots: readonly Spot[]): readonly { text: string; meant: boolean }[] {
  const cut: { text: string; meant: boolean }[] = [];
  let at = 0;
  for (const [from, to] of spots) {
    if (to <= at) continue;
    if (from > at) cut.push({ text: text.slice(at, from), meant: false });
    cut.push({ text: text.slice(Math.max(at, from), to), meant: true });
    at = to;
  }
  if (at < text.length) cut.push({ text: text.slice(at), meant: false });
  return cut;
}
