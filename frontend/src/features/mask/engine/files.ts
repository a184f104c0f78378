// Masks as files: sent as PNG, white is what changes; fetched as the levels of a picture. Works in a page and aside of it.
import type { Mask } from './raster';

const noDrawing = () => new Error('this browser draws no pictures');

type Sheet = { context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D; file: () => Promise<Blob> };

function sheet(width: number, height: number): Sheet {
  if (typeof document === 'undefined') {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw noDrawing();
    return { context, file: () => canvas.convertToBlob({ type: 'image/png' }) };
  }
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw noDrawing();
  const file = () =>
    new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the mask is too large for this browser'))), 'image/png');
    });
  return { context, file };
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
  const { context, file } = sheet(mask.width, mask.height);
  context.putImageData(new ImageData(opaque(mask), mask.width, mask.height), 0, 0);
  return file();
}

/** How much each pixel marks: as much as it is bright, and what is see-through does not. */
export function brightness(pixels: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const levels = new Uint8Array(pixels.length / 4);
  for (let index = 0; index < levels.length; index++) {
    const at = index * 4;
    const grey = (pixels[at]! + pixels[at + 1]! + pixels[at + 2]!) / 3;
    levels[index] = Math.round((grey * pixels[at + 3]!) / 255);
  }
  return levels;
}

/** The levels of a mask in a file, brought to a picture's size; throws a DOMException where it is no picture. */
export async function levelsOf(file: Blob, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const { context } = sheet(width, height);
  const picture = await createImageBitmap(file);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return brightness(context.getImageData(0, 0, width, height).data);
}
