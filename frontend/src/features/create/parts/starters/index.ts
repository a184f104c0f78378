// Small drawings of the kinds of pictures that the local engine makes.
import harbour from './harbour.svg';
import opening from './opening.svg';
import pattern from './pattern.svg';
import sale from './sale.svg';
import talk from './talk.svg';
import topography from './topography.svg';

export const starterArt = { harbour, opening, pattern, sale, talk, topography };

const all = Object.values(starterArt);

/** One of the drawings, always the same for the same name. */
export function artFor(name: string): string {
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return all[sum % all.length] ?? harbour;
}
