import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { asset } from '~/test/fixtures';
import { server } from '~/test/server';

const page = (assets: ReturnType<typeof asset>[]) => HttpResponse.json({ assets, total: assets.length, limit: 60, offset: 0, next_cursor: null });

test('an asset opens beside the grid with what can be done', async () => {
  const { user, router } = openApp('/library');
  await user.click(await screen.findByRole('button', { name: 'Picture a1' }));
  expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute('href', '/pics/a1.png');
  expect(within(screen.getByRole('region', { name: 'Details' })).getByRole('link', { name: 'Upscale' })).toHaveAttribute('href', '/upscale?asset=a1');
  expect(screen.getByRole('button', { name: 'Cut out' })).toBeInTheDocument();
  expect(router.state.location.search).toMatchObject({ asset: 'a1' });
});

test('what goes to the trash is gone at once and comes back by Undo', async () => {
  let kept = [asset('a1'), asset('a2')];
  server.use(
    http.get('*/api/content-assets/', () => page(kept)),
    http.delete('*/api/content-assets/a1', () => {
      kept = [asset('a2')];
      return HttpResponse.json({ asset_id: 'a1', deleted: true });
    }),
    http.post('*/api/content-assets/a1/restore', () => {
      kept = [asset('a1'), asset('a2')];
      return HttpResponse.json(asset('a1'));
    }),
  );
  const { user } = openApp('/library?asset=a1');
  await user.click(await screen.findByRole('button', { name: 'Move to trash' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Picture a1' })).not.toBeInTheDocument());
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Picture a1' })).toBeInTheDocument();
});

test('words and favourites stand in the address', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/content-assets/', ({ request }) => {
      asked.push(new URL(request.url).search);
      return page([]);
    }),
  );
  const { user, router } = openApp('/library');
  await user.type(await screen.findByRole('searchbox', { name: 'Search pictures' }), 'boat');
  await user.click(screen.getByRole('button', { name: 'Favourites' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'boat', fav: '1' }));
  await waitFor(() => expect(asked.at(-1)).toMatch(/search=boat.*favorites_only=true/));
  expect(await screen.findByText(/No picture fits/)).toBeInTheDocument();
});

test('an empty library is one press from its first picture', async () => {
  server.use(http.get('*/api/content-assets/', () => page([])));
  openApp('/library');
  expect(await screen.findByRole('link', { name: 'Make a picture' })).toHaveAttribute('href', '/create');
});

test('files that could not be taken are named with the reason', async () => {
  server.use(
    http.post('*/api/content-assets/upload', () =>
      HttpResponse.json({ assets: [asset('a9')], errors: [{ filename: 'notes.txt', detail: 'This kind of file is not taken.' }] }, { status: 201 }),
    ),
  );
  const { user, container } = openApp('/library');
  await screen.findByRole('button', { name: 'Picture a1' });
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, [new File(['x'], 'a.png', { type: 'image/png' })]);
  expect(await screen.findByText('1 picture added')).toBeInTheDocument();
  expect(screen.getByText('notes.txt: This kind of file is not taken.')).toBeInTheDocument();
});
