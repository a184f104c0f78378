// What is to become of a picture that grows, before there is a job. Pure.
import type { Estimate, UpscaleBody } from '~/api/types';

export type Mode = NonNullable<UpscaleBody['mode']>;
export type Preset = NonNullable<UpscaleBody['preset']>;
export type Format = NonNullable<UpscaleBody['output_format']>;
export type Size = 'double' | 'usual' | Preset | 'own';

export const MODES = ['auto', 'fast', 'conservative', 'creative'] as const satisfies readonly Mode[];
export const SIZES = ['double', 'usual', 'web', 'print', 'social', 'own'] as const satisfies readonly Size[];
export const FORMATS = ['png', 'jpg', 'webp'] as const satisfies readonly Format[];

export interface UpscaleForm {
  mode: Mode;
  size: Size;
  /** As typed; empty leaves the side to the picture's shape. */
  width: string;
  height: string;
  format: Format;
}

export const FIRST_FORM: UpscaleForm = { mode: 'auto', size: 'double', width: '', height: '', format: 'png' };

export interface Extent {
  width: number;
  height: number;
}

const pixels = (text: string): number | undefined => (/^\d+$/.test(text.trim()) ? Number(text) : undefined);

/** Whether a side is empty or a number of pixels. */
export const isSide = (text: string): boolean => text.trim() === '' || (pixels(text) ?? 0) > 0;

/** Without a side there is no size of one's own. */
export function isComplete({ size, width, height }: UpscaleForm): boolean {
  return size !== 'own' || (isSide(width) && isSide(height) && `${width}${height}`.trim() !== '');
}

function targetOf(form: UpscaleForm, own: Extent): Pick<UpscaleBody, 'target_width' | 'target_height' | 'preset'> {
  switch (form.size) {
    case 'double':
      return { target_width: own.width * 2 };
    case 'usual':
      return {};
    case 'own': {
      const [width, height] = [pixels(form.width), pixels(form.height)];
      return { ...(width && { target_width: width }), ...(height && { target_height: height }) };
    }
    default:
      return { preset: form.size };
  }
}

/** The request of a form; null while the form lacks a size. */
export function bodyOf(form: UpscaleForm, picture: Extent & { id: string }): UpscaleBody | null {
  if (!isComplete(form)) return null;
  return {
    image_asset_id: picture.id,
    mode: form.mode,
    output_format: form.format,
    response_format: 'url',
    ...targetOf(form, picture),
  };
}

/** The size that an estimate promises. */
export function sizeOf(estimate: Estimate | undefined): Extent | undefined {
  const [width, height] = (estimate?.resolution ?? '').split('x').map(Number);
  return width && height ? { width, height } : undefined;
}

const DPI = 300;
const CM_PER_INCH = 2.54;

const centimetres = (side: number) => Math.round((side / DPI) * CM_PER_INCH * 10) / 10;

/** How large it prints at 300 dots an inch, in centimetres, to a tenth. */
export const printed = ({ width, height }: Extent): Extent => ({ width: centimetres(width), height: centimetres(height) });
