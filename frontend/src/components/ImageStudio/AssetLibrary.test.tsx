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

test('what is chosen is tagged together, and the one that was refused is named with the reason', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/content-assets/bulk', async ({ request }) => {
      sent.push(await request.json());
      const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'not-found', detail: 'It is gone.' };
      const results = [{ asset_id: 'a1', ok: true }, { asset_id: 'a2', ok: false, problem }];
      return HttpResponse.json({ action: 'tag', done: 1, failed: 1, results });
    }),
  );
  const { user } = openApp('/library');
  (await screen.findByRole('button', { name: 'Picture a1' })).focus();
  await user.keyboard('x');
  await user.keyboard('{ArrowRight}x');
  expect(await screen.findByRole('toolbar', { name: '2 selected' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Tag' }));
  await user.type(await screen.findByRole('textbox', { name: 'Tags' }), 'spring, hero');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Tag' }));
  expect(await screen.findByRole('dialog', { name: '1 of 2 done' })).toHaveTextContent('Picture a2It is gone.');
  expect(sent).toEqual([{ action: 'tag', asset_ids: ['a1', 'a2'], tags: ['spring', 'hero'] }]);
});

test('a picture under the cursor keeps it when the answer to a filter comes around it', async () => {
  server.use(
    http.get('*/api/content-assets/', ({ request }) => page(request.url.includes('search=boat') ? [asset('a2'), asset('a1')] : [asset('a1'), asset('a2')])),
  );
  const { user, router } = openApp('/library');
  await screen.findByRole('button', { name: 'Picture a1' });
  await router.navigate({ to: '/library', search: { q: 'boat' } });
  (await screen.findByRole('button', { name: 'Picture a1' })).focus();
  await waitFor(() => expect(screen.getAllByRole('button', { name: /^Picture/ })[0]).toHaveAccessibleName('Picture a2'));
  expect(screen.getByRole('button', { name: 'Picture a1' })).toHaveFocus();
  await user.keyboard('x');
  expect(await screen.findByRole('toolbar', { name: '1 selected' })).toBeInTheDocument();
});

test('a heart is seen at once, and taken back if the server says no', async () => {
  server.use(http.post('*/api/content-assets/a1/favorite', () => HttpResponse.json({ title: 'No', status: 403, code: 'forbidden' }, { status: 403 })));
  const { user } = openApp('/library');
  (await screen.findByRole('button', { name: 'Picture a1' })).focus();
  await user.keyboard('f');
  await screen.findByText(/^No|not allowed/);
  expect(screen.getByRole('button', { name: 'Picture a1' })).toBeInTheDocument();
});

test('a title is changed where it stands', async () => {
  const sent: unknown[] = [];
  server.use(
    http.put('*/api/content-assets/a1', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(asset('a1', { title: 'Boats at dusk' }));
    }),
    http.get('*/api/content-assets/a1', () => HttpResponse.json(asset('a1', sent.length > 0 ? { title: 'Boats at dusk' } : {}))),
  );
  const { user } = openApp('/library?asset=a1');
  await user.click(within(await screen.findByRole('region', { name: 'Details' })).getByRole('button', { name: /Rename/ }));
  const field = screen.getByRole('textbox', { name: 'Title' });
  await user.clear(field);
  await user.type(field, 'Boats at dusk{Enter}');
  expect(await screen.findByRole('heading', { name: /Boats at dusk/ })).toBeInTheDocument();
  expect(sent).toEqual([{ title: 'Boats at dusk' }]);
});

test('the trash is emptied after one question, and shows what else can be done', async () => {
  let emptied = false;
  server.use(
    http.get('*/api/content-assets/', () => page(emptied ? [] : [asset('a1', { trashed_at: '2026-11-22T12:00:00Z' })])),
    http.delete('*/api/content-assets/trash', () => {
      emptied = true;
      return HttpResponse.json({ deleted: 1, bytes: 120_000 });
    }),
  );
  const { user } = openApp('/library?view=trash');
  await user.click(await screen.findByRole('button', { name: 'Picture a1' }));
  expect(await screen.findByRole('button', { name: 'Restore' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Empty the trash' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('The trash is empty.')).toBeInTheDocument();
});
