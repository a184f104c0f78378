// Which picture is to be saved as another file: asked for anywhere, answered above the page.
import { store } from '~/lib/store';

const wanted = store<string | null>(null);

export const useSaveAs = wanted.use;
/** Opens the choice of a file for a picture of the library. */
export const saveAs = (assetId: string) => wanted.set(assetId);
export const closeSaveAs = () => wanted.set(null);
