// The sheet that is drawn on: it stays as it was while one looks elsewhere.
import { store } from '~/lib/store';
import { EMPTY, type Drawing } from './strokes';

const sheet = store<Drawing>(EMPTY);

export const useSheet = sheet.use;

/** Changes the drawing. */
export const turnSheet = (change: (before: Drawing) => Drawing) => sheet.set(change(sheet.get()));
