// A drawing as a file: dark lines on white paper, whatever the theme, as engines expect sketches.
import { draw, type Stroke } from './strokes';

/** Of the sheet, in pixels. */
export const SHEET = 1024;

const PAPER = { ink: 'black', paper: 'white' };

/** Draws strokes on a sheet that begins white. */
export function lay(pen: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  pen.fillStyle = PAPER.paper;
  pen.fillRect(0, 0, SHEET, SHEET);
  for (const stroke of strokes) draw(pen, stroke, PAPER);
}

/** The drawing as a PNG. */
export async function pictureOf(strokes: readonly Stroke[]): Promise<File> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SHEET, SHEET];
  lay(canvas.getContext('2d')!, strokes);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return new File([blob!], 'sketch.png', { type: 'image/png' });
}
