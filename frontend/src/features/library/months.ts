// Where the months of a library begin in its layout. Pure.
import { currentLanguage } from '~/app/i18n';
import { heightOf, spotOf, type Layout } from './layout';

export interface MonthCount {
  /** `2026-11` */
  month: string;
  count: number;
}

export interface Mark extends MonthCount {
  /** In pixels from the top of the library. */
  top: number;
  /** Its first picture. */
  index: number;
  /** 0..1 of the library's height. */
  at: number;
}

/** The months in the order they are shown in, each where its first picture stands. */
export function marksOf(months: readonly MonthCount[], layout: Layout, oldestFirst: boolean): Mark[] {
  const height = Math.max(1, heightOf(layout));
  const ordered = months.toSorted((a, b) => (oldestFirst ? 1 : -1) * a.month.localeCompare(b.month));
  let index = 0;
  return ordered.map((each) => {
    const first = index;
    const top = spotOf(layout, first)?.top ?? height;
    index += each.count;
    return Object.assign({ top, at: top / height, index: first }, each);
  });
}

/** Those that have room for their name on a track of so many pixels; the first always has. */
export function legible(marks: readonly Mark[], track: number, room = 22): Mark[] {
  let free = -room;
  return marks.filter(({ at }) => {
    const fits = at * track >= free;
    if (fits) free = at * track + room;
    return fits;
  });
}

/** The month of a picture: the last that begins with it or before it. */
export const monthOf = (marks: readonly Mark[], index: number): Mark | undefined => marks.findLast((mark) => mark.index <= index);

const dateOf = (month: string) => new Date(`${month}-15T12:00:00Z`);

/** "Nov", and the year at its turn: where the month before in the list is of another. */
export function shortName({ month }: MonthCount, before: MonthCount | undefined): string {
  const turned = before !== undefined && before.month.slice(0, 4) !== month.slice(0, 4);
  return turned ? month.slice(0, 4) : new Intl.DateTimeFormat(currentLanguage(), { month: 'short' }).format(dateOf(month));
}

export const longName = ({ month }: MonthCount) =>
  new Intl.DateTimeFormat(currentLanguage(), { month: 'long', year: 'numeric' }).format(dateOf(month));
