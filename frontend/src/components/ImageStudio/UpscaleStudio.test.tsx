import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { FakeEventSource } from '~/test/events';
import { job } from '~/test/fixtures';
import { problem, server } from '~/test/server';

interface Asked {
  mode: string;
  target_width?: number;
  target_height?: number;
  preset?: string;
}

/** Prices every size of a picture of 1080 × 1350 as the server does. */
const priced = (refuse: (asked: Asked) => Response | undefined = () => undefined) =>
  server.use(
    http.post('*/api/image-studio/estimate-cost', async ({ request }) => {
      const { request: asked } = (await request.json()) as { request: Asked };
      const width = asked.target_width ?? (asked.preset === 'web' ? 2560 : 4320);
      const resolution = `${width}x${Math.round((width * 5) / 4)}`;
      const answer = { provider: 'local', model: 'span-x4', currency: 'USD', total_cost: 0, reason: 'Free', seconds: asked.mode === 'creative' ? 180 : 5, resolution };
      return refuse(asked) ?? HttpResponse.json(answer);
    }),
  );

const upscaling = (change: Parameters<typeof job>[0] = {}) =>
  job({ id: 'up1', operation: 'upscale', request: { operation: 'upscale', image: 'a1', width: 2160, height: 2700 }, ...change });
const metadata = { notes: ['Mode fast was chosen.'], reason: 'Free' };
const larger = { asset_id: 'b1', url: '/pics/b1.png', width: 2160, height: 2700, provider: 'local', model: 'span-x4', metadata };

test('the arithmetic stands there before the click', async () => {
  priced();
  const { user } = openApp('/upscale?asset=a1');
  const becomes = await screen.findByRole('region', { name: 'What it becomes' });
  expect(becomes).toHaveTextContent('2160 × 2700');
  expect(becomes).toHaveTextContent('5.8 MP, 2× a side');
  expect(becomes).toHaveTextContent('18.3 × 22.9 cm');
  expect(await screen.findByRole('button', { name: /Upscale.*Free.*about 5 s/ })).toBeEnabled();
  await user.click(screen.getByRole('radio', { name: /Creative.*about 3 min/ }));
  expect(await screen.findByRole('button', { name: /Upscale.*about 3 min/ })).toBeEnabled();
});

test('a size that can’t be made says why beside the field, and nothing is sent', async () => {
  const why = '500x625 would not enlarge the picture, which is 1080x1350 already';
  priced(({ target_width: width }) =>
    width === 500 ? problem(422, 'invalid-request', { errors: [{ pointer: '/target_width', detail: why }] }) : undefined,
  );
  const { user } = openApp('/upscale?asset=a1');
  await user.click(await screen.findByRole('radio', { name: /Own/ }));
  expect(await screen.findByRole('button', { name: 'Say a width or a height' })).toBeDisabled();
  await user.type(screen.getByLabelText('Width'), '500');
  expect(await screen.findByText(why)).toBeInTheDocument();
  expect(screen.getByLabelText('Width')).toBeInvalid();
  expect(screen.getByRole('button', { name: /This size can't be made/ })).toBeDisabled();
});

test('a way that no engine has for this picture says so, and the reason is told', async () => {
  const detail = 'No engine can do upscale now: takes pictures of at most 0.4 megapixels.';
  priced(({ mode }) => (mode === 'creative' ? problem(503, 'no-provider', { detail }) : undefined));
  const { user } = openApp('/upscale?asset=a1');
  await user.click(await screen.findByRole('radio', { name: /Creative.*Not for this/ }));
  expect(await screen.findByText(detail)).toBeInTheDocument();
});

test('the work is watched piece by piece, and its result is compared', async () => {
  priced();
  let asked: unknown;
  server.use(
    http.post('*/api/image-studio/upscale', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(upscaling(), { status: 202 });
    }),
    http.get('*/api/jobs/up1', () => HttpResponse.json(upscaling())),
  );
  const { user, router } = openApp('/upscale?asset=a1');
  await user.click(await screen.findByRole('radio', { name: /Web.*2560 × 3200/ }));
  await user.click(await screen.findByRole('button', { name: /Upscale.*Free/ }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  expect(asked).toMatchObject({ image_asset_id: 'a1', mode: 'auto', preset: 'web', response_format: 'url' });
  expect(router.state.location.search).toEqual({ asset: 'a1', job: 'up1' });
  act(() => FakeEventSource.open[0]?.tell('job.progress', { progress: 0.5, message: 'Piece 3 of 6' }));
  expect(await screen.findByText('Upscaling, 50 %')).toBeInTheDocument();

  server.use(http.get('*/api/jobs/up1', () => HttpResponse.json(upscaling({ status: 'done', progress: 1, result: larger }))));
  act(() => FakeEventSource.open[0]?.tell('job.done', {}));
  expect(await screen.findByRole('slider', { name: 'Border between before and after' })).toBeInTheDocument();
  expect(screen.getByText(/Mode fast was chosen/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Download' })).toHaveAttribute('href', '/pics/b1.png');
});

test('work that is called off leaves the picture as it was', async () => {
  priced();
  let status: 'running' | 'cancelled' = 'running';
  server.use(
    http.get('*/api/jobs/up1', () => HttpResponse.json(upscaling({ status }))),
    http.delete('*/api/jobs/up1', () => {
      status = 'cancelled';
      return HttpResponse.json(upscaling({ status }));
    }),
  );
  const { user } = openApp('/upscale?job=up1');
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('button', { name: /Upscale.*Free/ })).toBeEnabled();
  expect(screen.getByRole('img', { name: 'Picture a1' })).toBeInTheDocument();
});
