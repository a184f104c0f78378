import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { openApp } from '~/test/app';
import { FakeEventSource } from '~/test/events';
import { asset, job, relative } from '~/test/fixtures';
import { problem, server } from '~/test/server';

const result = { asset_id: 'r1', url: '/pics/r1.png', width: 1080, height: 1350 };

/** An edit that the server takes; what was asked, and how. */
function taken(operation: string) {
  const asked: Request[] = [];
  const working = job({ operation, request: { image: 'a1' } });
  server.use(
    http.post('*/api/image-studio/edit', ({ request }) => {
      asked.push(request.clone());
      return HttpResponse.json(working, { status: 202 });
    }),
    http.get('*/api/jobs/job1', () => HttpResponse.json(working)),
  );
  const done = () => server.use(http.get('*/api/jobs/job1', () => HttpResponse.json({ ...working, status: 'done', result })));
  return { asked, done };
}

async function stream(): Promise<FakeEventSource> {
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  return FakeEventSource.open[0] as FakeEventSource;
}

const operation = (name: string) => screen.findByRole('button', { name });

// A canvas that remembers nothing: happy-dom has none.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ putImageData: () => {}, clearRect: () => {} } as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new Blob(['mask'], { type: 'image/png' })));
  vi.stubGlobal(
    'ImageData',
    class {
      data: Uint8ClampedArray;
      constructor(given: Uint8ClampedArray | number, height: number) {
        this.data = typeof given === 'number' ? new Uint8ClampedArray(given * height * 4) : given;
      }
    },
  );
});

test('without a picture, one is brought in or taken from the library', async () => {
  const { user, router } = openApp('/edit');
  expect(await operation('Upload a picture')).toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Take Picture a2' }));
  expect(router.state.location.search).toEqual({ asset: 'a2' });
  expect(await screen.findByText('1080 × 1350')).toBeInTheDocument();
});

test('a file becomes an asset, and the asset is edited', async () => {
  server.use(http.post('*/api/content-assets/upload', () => HttpResponse.json({ assets: [asset('new')], errors: [] }, { status: 201 })));
  const { user, router } = openApp('/edit');
  await operation('Upload a picture');
  await user.upload(screen.getByLabelText('Upload a picture', { selector: 'input' }), new File(['x'], 'a.png', { type: 'image/png' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'new' }));
});

test('what can not be done stays in sight and says why', async () => {
  const { user } = openApp('/edit?asset=a1');
  await user.click(await operation('Replace, not available'));
  expect(await screen.findByText(/takes a generative engine/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Not available here' })).toBeDisabled();
});

test('what is marked by keys goes along as a file, and the result is compared and edited further', async () => {
  const { asked, done } = taken('erase');
  const { user, router } = openApp('/edit?asset=a1&op=erase');
  expect(await operation('Mark what to change first')).toBeDisabled();
  (await screen.findByRole('application', { name: 'Mark by keys' })).focus();
  await user.keyboard('{Enter}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
  expect(screen.getByRole('status')).toHaveTextContent(/% of the picture is marked/);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await user.click(await screen.findByRole('button', { name: /^Erase.*Free/ }));
  const events = await stream();
  const form = await asked[0]?.formData();
  expect(JSON.parse(String(form?.get('request')))).toMatchObject({ operation: 'erase', image_asset_id: 'a1', response_format: 'url' });
  expect(form?.get('mask')).toBeInstanceOf(Blob);
  expect(asked[0]?.headers.get('Prefer')).toBe('respond-async');

  act(() => events.tell('job.progress', { progress: 0.4, message: 'Filling' }));
  expect(await screen.findByText('Filling')).toBeInTheDocument();
  done();
  act(() => events.tell('job.done', {}));
  expect(await screen.findByText('Preview, not applied')).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: /^One more version/ })).toBeInTheDocument();
  const divider = await screen.findByRole('slider', { name: 'Border between before and after' });
  divider.focus();
  await user.keyboard('{Home}{ArrowRight}');
  expect(divider).toHaveAttribute('aria-valuenow', '2');
  await user.click(screen.getByRole('button', { name: 'Use A' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'r1', op: 'erase', head: 'r1' }));
});

test('a refused field says so where it stands, and what was written is kept', async () => {
  server.use(
    http.post('*/api/image-studio/edit', () =>
      problem(422, 'invalid-request', { errors: [{ pointer: '/prompt', detail: 'The words name no colour.' }] }),
    ),
  );
  const { user } = openApp('/edit?asset=a1&op=search_recolor');
  const words = await screen.findByRole('textbox', { name: 'New colour' });
  await user.type(words, 'dancing elephants');
  await user.click(await screen.findByRole('button', { name: /^Recolour.*Free/ }));
  expect(await screen.findByText('The words name no colour.')).toBeInTheDocument();
  expect(words).toBeInvalid();
  expect(words).toHaveValue('dancing elephants');
});

test('a job that fails says why, and can be called off before', async () => {
  taken('general_edit');
  const { user } = openApp('/edit?asset=a1&op=general_edit');
  await user.type(await screen.findByRole('textbox', { name: 'What to change' }), 'warmer{Control>}{Enter}{/Control}');
  const events = await stream();
  let called = false;
  server.use(
    http.delete('*/api/jobs/job1', () => {
      called = true;
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(called).toBe(true));
  server.use(http.get('*/api/jobs/job1', () => HttpResponse.json(job({ operation: 'general_edit', status: 'failed', problem: { title: 'Too much work' } }))));
  act(() => events.tell('job.failed', { problem: { title: 'Too much work' } }));
  expect(await screen.findByText('Too much work')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'What to change' })).toHaveValue('warmer');
});

test('a picture is extended by numbers, by a shape, or by its sides', async () => {
  const { asked } = taken('outpaint');
  const { user } = openApp('/edit?asset=a1&op=outpaint');
  const panel = within(await screen.findByRole('region', { name: 'Extend' }));
  expect(panel.getByRole('button', { name: /Choose a side/ })).toBeDisabled();
  await user.click(panel.getByRole('button', { name: '1:1' }));
  expect(panel.getByRole('spinbutton', { name: 'Left' })).toHaveValue(135);
  expect(panel.getByText('1350 × 1350')).toBeInTheDocument();
  screen.getByRole('slider', { name: 'Extend: Left' }).focus();
  await user.keyboard('{ArrowLeft}');
  expect(panel.getByRole('spinbutton', { name: 'Left' })).toHaveValue(143);
  await user.click(await panel.findByRole('button', { name: /^Extend.*Free/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(await asked[0]?.json()).toMatchObject({ operation: 'outpaint', expand_left: 143, expand_right: 135, expand_up: 0 });
});

test('a background, a light and their settings come from the table', async () => {
  const { asked } = taken('relight');
  const { user } = openApp('/edit?asset=a1&op=relight');
  const background = within(await screen.findByRole('group', { name: 'Background picture' }));
  await user.click(background.getByRole('button', { name: 'Library' }));
  await user.click(await within(await screen.findByRole('dialog')).findByRole('button', { name: 'Take Picture a3' }));
  expect(await background.findByText('Picture a3')).toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: 'Above' }));
  await user.click(screen.getByRole('switch', { name: 'Keep the background' }));
  await user.click(await screen.findByRole('button', { name: /^Relight.*Free/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(await asked[0]?.json()).toMatchObject({
    background_image_asset_id: 'a3',
    options: { light_direction: 'above', keep_background: true },
  });
});

/** a1, and what was cut out of it: r1, and another one. */
const family = (id: string) => ({
  asset_id: id,
  nodes: [relative('a1', { title: '' }), relative('r1', { operation: 'remove_background' }), relative('r2', { title: 'The other' })],
  edges: ['r1', 'r2'].map((child_id) => ({ parent_id: 'a1', child_id, role: 'image', operation: 'remove_background' })),
  truncated: false,
});

test('each edit is a step: one goes back to any of them, branches off there, and finds other branches', async () => {
  server.use(http.get('*/api/content-assets/:id/lineage', ({ params }) => HttpResponse.json(family(String(params['id'])))));
  const { user, router } = openApp('/edit?asset=r1&op=erase');
  const steps = within(await screen.findByRole('navigation', { name: 'Steps' }));
  expect(await steps.findByRole('button', { name: 'Go to Cut out' })).toHaveAttribute('aria-current', 'step');
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'a1', op: 'erase', head: 'r1' }));
  await user.click(await screen.findByRole('button', { name: 'Redo' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'r1', op: 'erase', head: 'r1' }));
  await user.click(await screen.findByRole('button', { name: 'Go to Original' }));
  await user.click(await screen.findByRole('button', { name: 'Branch from here' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'a1', op: 'erase', head: 'a1' }));
  await user.click(await screen.findByRole('button', { name: 'More ways' }));
  await user.click(await screen.findByRole('menuitem', { name: 'The other' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ asset: 'r2', op: 'erase', head: 'r2' }));
});

test('versions wait side by side until one is used or thrown away, and throwing away is undone', async () => {
  const calls: string[] = [];
  server.use(
    http.get('*/api/jobs/:id', ({ params }) =>
      HttpResponse.json(job({ id: String(params['id']), operation: 'erase', request: {}, status: 'done', result: { ...result, asset_id: `r-${String(params['id'])}` } })),
    ),
    http.delete('*/api/content-assets/:id', ({ params }) => {
      calls.push(`discard ${String(params['id'])}`);
      return HttpResponse.json({ success: true });
    }),
    http.post('*/api/content-assets/:id/restore', ({ params }) => {
      calls.push(`restore ${String(params['id'])}`);
      return HttpResponse.json(asset(String(params['id'])));
    }),
  );
  const { user, router } = openApp('/edit?asset=a1&op=erase&job=j1,j2');
  const tray = within(await screen.findByRole('region', { name: 'Versions that wait' }));
  expect(await tray.findByRole('button', { name: 'Version B' })).toHaveAttribute('aria-pressed', 'true');
  await user.click(tray.getByRole('button', { name: 'Version A' }));
  await user.click(await tray.findByRole('button', { name: 'Discard A' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ job: 'j2' }));
  await user.click(await screen.findByRole('button', { name: 'Undo', description: '' }));
  await waitFor(() => expect(calls).toEqual(['discard r-j1', 'restore r-j1']));
  await user.click(await screen.findByRole('button', { name: 'Back to the settings' }));
  expect(await screen.findByRole('application', { name: 'Mark by keys' })).toBeInTheDocument();
  expect(tray.getByText('Choose one to look at it')).toBeInTheDocument();
});
