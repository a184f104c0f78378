// Masks as files: sent as PNG, white is what changes; fetched as the levels of a picture.
import type { Mask } from './raster';

function sheet(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws no pictures');
  return [canvas, context];
}

/** The grey levels of a mask as opaque RGBA. */
export function opaque({ data, width, height }: Mask): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const words = new Uint32Array(pixels.buffer);
  for (let index = 0; index < data.length; index++) words[index] = 0xff000000 | ((data[index] ?? 0) * 0x010101);
  return pixels;
}

/** A PNG of exactly the mask's size. */
export async function maskFile(mask: Mask): Promise<Blob> {
  const [canvas, context] = sheet(mask.width, mask.height);
  context.putImageData(new ImageData(opaque(mask), mask.width, mask.height), 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the mask is too large for this browser'))), 'image/png');
  });
}

/** How much each pixel marks: as much as it is bright, and what is see-through does not. */
export function brightness(pixels: Uint8ClampedArray): Uint8Array {
  const levels = new Uint8Array(pixels.length / 4);
  for (let index = 0; index < levels.length; index++) {
    const at = index * 4;
    const grey = (pixels[at]! + pixels[at + 1]! + pixels[at + 2]!) / 3;
    levels[index] = Math.round((grey * pixels[at + 3]!) / 255);
  }
  return levels;
}

/** The levels of a mask in a file, brought to a picture's size. */
export async function levelsOf(file: Blob, width: number, height: number): Promise<Uint8Array> {
  const [, context] = sheet(width, height);
  const picture = await createImageBitmap(file);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return brightness(context.getImageData(0, 0, width, height).data);
}

/** The same of a mask that is to be had at an address. */
export async function levelsAt(address: string, width: number, height: number): Promise<Uint8Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return levelsOf(await answer.blob(), width, height);
}
