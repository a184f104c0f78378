import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { FakeEventSource } from '~/test/events';
import { job } from '~/test/fixtures';
import { problem, server } from '~/test/server';

const painting = (change: Parameters<typeof job>[0] = {}) =>
  job({ id: 'co1', operation: 'style', request: { operation: 'style', control_image: 'a1', prompt: 'starry' }, ...change });
const painted = { asset_id: 'b1', url: '/pics/b1.png', width: 1080, height: 1350, provider: 'local', model: 'styles-26', warnings: ['seed had no effect: styles-26 has no use for it.'] };

test('a style is chosen by how it looks, painted, and compared', async () => {
  let asked: unknown;
  server.use(
    http.post('*/api/image-studio/control/process', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(painting(), { status: 202 });
    }),
    http.get('*/api/jobs/co1', () => HttpResponse.json(painting())),
  );
  const { user, router } = openApp('/control?asset=a1');
  expect(await screen.findByRole('button', { name: 'Choose a style first' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: /starry.*swirling blue and yellow lines/i }));
  await user.click(await screen.findByRole('button', { name: /Make it.*Free.*about 6 s/ }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  expect(asked).toEqual({ operation: 'style', control_image_asset_id: 'a1', prompt: 'starry', response_format: 'url' });
  expect(router.state.location.search).toEqual({ asset: 'a1', op: 'style', job: 'co1' });

  server.use(http.get('*/api/jobs/co1', () => HttpResponse.json(painting({ status: 'done', progress: 1, result: painted }))));
  act(() => FakeEventSource.open[0]?.tell('job.done', {}));
  expect(await screen.findByRole('slider', { name: 'Border between before and after' })).toBeInTheDocument();
  expect(screen.getByText(/seed had no effect/)).toBeInTheDocument();
});

test('what can’t be done here stays in sight and says why', async () => {
  const { user } = openApp('/control?asset=a1');
  await user.click(await screen.findByRole('radio', { name: /Sketch to picture.*not available now/ }));
  expect(await screen.findByText('Painting from free words takes an engine such as Stability AI.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'No engine for this' })).toBeDisabled();
  expect(screen.queryByText('Which style?')).not.toBeInTheDocument();
});

test('a guide shows what would be followed, with the strength that is set', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('*/api/image-studio/control/guide', async ({ request }) => {
      asked.push(await request.json());
      const description = 'Outlines, white on black.';
      return HttpResponse.json({ kind: 'edges', image_base64: 'data:image/png;base64,AAAA', width: 80, height: 100, source_width: 80, source_height: 100, description });
    }),
  );
  const { user } = openApp('/control?asset=a1&op=sketch');
  await user.click(await screen.findByRole('radio', { name: 'Edges' }));
  expect(await screen.findByRole('img', { name: 'Outlines, white on black.' })).toHaveAttribute('src', 'data:image/png;base64,AAAA');
  expect(asked).toContainEqual({ control_image_asset_id: 'a1', kind: 'edges', strength: 0.7 });
  // What is left of it at each strength is seen beside the slider.
  expect(asked).toContainEqual({ control_image_asset_id: 'a1', kind: 'line_art', strength: 1 });
});

test('the style of another picture needs that picture, taken from the library', async () => {
  const { user } = openApp('/control?asset=a1&op=style_transfer');
  expect(await screen.findByRole('button', { name: "Choose the style's picture" })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Library' }));
  await user.click(await screen.findByRole('button', { name: 'Take Picture a2' }));
  expect(await screen.findByRole('button', { name: /Make it.*Free/ })).toBeEnabled();
});

test('a refusal points at what was wrong', async () => {
  const detail = 'This machine paints in named styles.';
  server.use(http.post('*/api/image-studio/control/process', () => problem(422, 'invalid-request', { title: 'Wrong', errors: [{ pointer: '/prompt', detail }] })));
  const { user } = openApp('/control?asset=a1');
  await user.click(await screen.findByRole('button', { name: /starry/i }));
  await user.click(await screen.findByRole('button', { name: /Make it.*Free/ }));
  expect(await screen.findByText(detail)).toBeInTheDocument();
});
