// Small drawings of the kinds of pictures that the local engine makes.
import harbour from './harbour.svg';
import opening from './opening.svg';
import pattern from './pattern.svg';
import sale from './sale.svg';
import talk from './talk.svg';
import topography from './topography.svg';

export const starterArt = { harbour, opening, pattern, sale, talk, topography };
