// The browser's own way of passing pictures on.
import type { Asset } from '~/api/types';

/** Whether this browser can hand files to other apps; desks mostly can't, and need not. */
export const canShare = () => typeof navigator.canShare === 'function' && matchMedia('(pointer: coarse)').matches;

/** Opens the share sheet with the pictures; false where the person closed it or the browser refused. */
export async function shareFiles(assets: readonly Asset[]): Promise<boolean> {
  const files = await Promise.all(
    assets.map(async ({ file_url: url, filename, mime_type: type }) => new File([await (await fetch(url)).blob()], filename, { type })),
  );
  if (!navigator.canShare({ files })) return false;
  try {
    await navigator.share({ files });
    return true;
  } catch (thrown) {
    if (thrown instanceof DOMException) return false;
    throw thrown;
  }
}
