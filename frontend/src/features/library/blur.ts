import { thumbHashToDataURL } from 'thumbhash';
import { bytesOf, hasAlpha } from '~/lib/thumbhash';

const MOST = 1000;
const made = new Map<string, string>();

/** A picture's blurred preview as an address, made once; none for a picture with transparent parts. */
export function blurOf(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = made.get(thumbhash);
  if (known !== undefined) return known || undefined;
  if (made.size > MOST) made.clear();
  const hash = bytesOf(thumbhash);
  const blur = hasAlpha(hash) ? '' : thumbHashToDataURL(hash);
  made.set(thumbhash, blur);
  return blur || undefined;
}

export const isClear = (thumbhash: string | null) => thumbhash !== null && hasAlpha(bytesOf(thumbhash));
