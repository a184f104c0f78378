import type { Asset } from '~/api/types';

/** What a picture is called: its title, else what it was made from, else its file. */
export const nameOf = ({ title, prompt, filename }: Pick<Asset, 'title' | 'prompt' | 'filename'>) => title || prompt || filename;
