import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { say } from '~/features/toasts/store';
import { Dialog } from './Dialog';
import { Toasts } from './Toasts';

test('Escape closes a dialog once, whether a toast is shown or not', async () => {
  const person = userEvent.setup();
  const close = vi.fn<() => void>();
  render(
    <>
      <Toasts />
      <Dialog title="Share" open onClose={close}>
        <button type="button">Copy</button>
      </Dialog>
    </>,
  );
  await person.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(1);

  say({ text: 'Picture ready' });
  expect(await screen.findByText('Picture ready')).toBeVisible();
  screen.getByRole('button', { name: 'Copy' }).focus();
  await person.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(2);
});
