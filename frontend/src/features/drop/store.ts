// Pictures that have just arrived where no page has a field of its own for them.
import { store } from '~/lib/store';

const arrived = store<readonly File[] | null>(null);

export const receive = (files: readonly File[]) => arrived.set(files);
export const settle = () => arrived.set(null);
export const useArrived = arrived.use;

/** Asks for files as the system does. */
export function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.multiple = true;
  input.addEventListener('change', () => input.files?.length && receive([...input.files]));
  input.click();
}
