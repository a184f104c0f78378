import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { FakeEventSource } from '~/test/events';
import { job, picture } from '~/test/fixtures';
import { exported } from '~/test/formats';
import { problem, server } from '~/test/server';

const ASKED = [
  ['instagram', 'ig_feed_portrait'],
  ['instagram', 'ig_story'],
] as const;
const exporting = (change: Parameters<typeof job>[0] = {}) =>
  job({
    id: 'so1',
    operation: 'social',
    request: { operation: 'social', image: 'a1', mode: 'smart', exports: ASKED.map(([platform, id]) => ({ platform, format_id: id })) },
    ...change,
  });
const two = () => localStorage.setItem('social.formats', JSON.stringify(ASKED.map((pair) => pair.join('.'))));

const ring = () => screen.findByRole('slider', { name: 'Point that all crops follow' });
const frame = (name: string) => screen.findByRole('button', { name: `${name}, show details` });
const pictureIn = (button: HTMLElement) => button.querySelector('img')!;

test('without a choice a picture is cut for the usual networks, where the studio would cut it', async () => {
  openApp('/social?asset=a1');
  expect(await screen.findByText('8 formats on 7 networks')).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: /Export 8 files.*Free/ })).toBeEnabled();
  expect(await screen.findByText('Found by the studio')).toBeInTheDocument();
  expect(pictureIn(await frame('YouTube: Thumbnail')).style.translate).toMatch(/^-?0% -2[0-9.]+%$/);
});

test('the point moves by keys, every crop follows at once, and the request says it', async () => {
  two();
  let asked: unknown;
  server.use(
    http.post('*/api/image-studio/social/optimize', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(exporting(), { status: 202 });
    }),
    http.get('*/api/jobs/so1', () => HttpResponse.json(exporting())),
  );
  const { user, router } = openApp('/social?asset=a1');
  const story = pictureIn(await frame('Instagram: Story'));
  const before = story.style.translate;
  fireEvent.keyDown(await ring(), { key: 'ArrowLeft', shiftKey: true });
  expect(await screen.findByText('Chosen by you')).toBeInTheDocument();
  expect(screen.getByText('x 45 %, y 50 %')).toBeInTheDocument();
  expect(story.style.translate).not.toBe(before);
  await user.click(await screen.findByRole('button', { name: /Export 2 files.*Free/ }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  expect(asked).toEqual({
    image_asset_id: 'a1',
    platforms: ['instagram'],
    format_names: { instagram: ['ig_feed_portrait', 'ig_story'] },
    crop_mode: 'smart',
    focal_point: { x: 0.45, y: 0.5 },
    output_format: 'auto',
    response_format: 'url',
  });
  expect(router.state.location.search).toEqual({ asset: 'a1', job: 'so1' });
});

test('files come one by one, and each says how it did against its network’s rules', async () => {
  const broken = { rule: 'max_bytes', ok: false, level: 'must' as const, value: 9_000_000, limit: 8_000_000, source: ['https://docs.example.com/media'], grade: 'B' as const, fix: 'Bring it from 9 MB to 8 MB.' };
  const results = [exported('instagram', 'ig_feed_portrait', { crop: { left: 0, top: 0, width: 1080, height: 1350 } }), exported('instagram', 'ig_story', { checks: [broken] })];
  server.use(http.get('*/api/jobs/so1', () => HttpResponse.json(exporting())));
  const { user } = openApp('/social?job=so1');
  expect(await screen.findByText('Exporting, 0 %')).toBeInTheDocument();
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  act(() => FakeEventSource.open[0]?.tell('job.result', { job_id: 'so1', ordinal: 1, asset: picture('s') }));
  expect(await screen.findByText('1 of 2 ready')).toBeInTheDocument();
  expect(screen.getByText('Exporting, 50 %')).toBeInTheDocument();

  const done = exporting({ status: 'done', progress: 1, result: { results, errors: [] } as never });
  server.use(http.get('*/api/jobs/so1', () => HttpResponse.json(done)));
  act(() => FakeEventSource.open[0]?.tell('job.done', { job_id: 'so1' }));
  expect(await screen.findByText('1 of 2 keep every rule')).toBeInTheDocument();
  expect(screen.getByText('Found by the studio')).toBeInTheDocument();
  await user.click(await frame('Instagram: Story'));
  const dialog = await screen.findByRole('dialog', { name: 'Instagram: Story' });
  expect(within(dialog).getByText('0 of 1 rules kept')).toBeInTheDocument();
  expect(within(dialog).getByText('Bring it from 9 MB to 8 MB.')).toBeInTheDocument();
  expect(within(dialog).getByRole('link', { name: 'docs.example.com' })).toHaveAttribute('href', 'https://docs.example.com/media');
  expect(within(dialog).getByText(/Several sources agree/)).toBeInTheDocument();
  expect(within(dialog).getByRole('link', { name: 'Download' })).toHaveAttribute('href', '/pics/ig_story.jpg');
});

test('a file that could not be made says why beside those that came', async () => {
  const errors = [{ platform: 'instagram', format: 'Story', format_id: 'ig_story', problem: { title: 'No', detail: 'It does not fit into 20 kB.' } }];
  const done = exporting({ status: 'done', progress: 1, result: { results: [exported('instagram', 'ig_feed_portrait')], errors } as never });
  server.use(http.get('*/api/jobs/so1', () => HttpResponse.json(done)));
  openApp('/social?job=so1');
  expect(await screen.findByText('1 of 1 keep every rule, 1 failed')).toBeInTheDocument();
  expect(await screen.findByText('It does not fit into 20 kB.')).toBeInTheDocument();
});

test('what was exported no longer holds once something is changed', async () => {
  const results = ASKED.map(([platform, id]) => exported(platform, id));
  const done = exporting({ status: 'done', progress: 1, result: { results, errors: [] } as never });
  server.use(http.get('*/api/jobs/so1', () => HttpResponse.json(done)));
  const { user } = openApp('/social?job=so1');
  expect(await screen.findByText('2 of 2 keep every rule')).toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: 'Fit' }));
  expect(await screen.findByText('Nothing is cut off.')).toBeInTheDocument();
  expect(screen.queryByText('2 of 2 keep every rule')).not.toBeInTheDocument();
});

test('a crop on its own says so, and a press puts it back', async () => {
  two();
  const { user } = openApp('/social?asset=a1');
  const story = await frame('Instagram: Story');
  fireEvent.keyDown(story, { key: 'ArrowLeft' });
  expect(await screen.findByText('1 follows the point')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Story: follow the point again' }));
  expect(screen.queryByText('1 follows the point')).not.toBeInTheDocument();
  story.focus();
  await user.keyboard('l');
  expect(await screen.findByText('1 follows the point')).toBeInTheDocument();
});

test('formats are chosen by network, and the choice is remembered', async () => {
  two();
  const { user } = openApp('/social?asset=a1');
  await user.click(await screen.findByRole('button', { name: 'Choose formats' }));
  const dialog = await screen.findByRole('dialog', { name: 'Choose formats' });
  await user.click(await within(dialog).findByRole('button', { name: 'Pinterest' }));
  await user.click(await within(dialog).findByRole('button', { name: /^Pin/, pressed: false }));
  await user.click(within(dialog).getByRole('button', { name: 'Done' }));
  expect(await screen.findByText('3 formats on 2 networks')).toBeInTheDocument();
  expect(localStorage.getItem('social.formats')).toContain('pinterest.pin_standard');
});

test('without a format there is nothing to export, and a way to choose one', async () => {
  localStorage.setItem('social.formats', '[]');
  openApp('/social?asset=a1');
  expect(await screen.findByText(/No format is chosen/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Choose a format first' })).toBeDisabled();
});

test('a refusal stands at its field, and nothing is lost', async () => {
  two();
  const detail = 'a name knows no {colour}';
  server.use(http.post('*/api/image-studio/estimate-cost', () => problem(422, 'invalid-request', { errors: [{ pointer: '/request/name_pattern', detail }] })));
  const { user } = openApp('/social?asset=a1');
  await user.click(await within(await screen.findByRole('main')).findByText('More'));
  expect(await screen.findByText(detail)).toBeInTheDocument();
  expect(screen.getByLabelText('File names')).toBeInvalid();
});

test('networks that can’t be asked for say so', async () => {
  server.use(http.get('*/api/image-studio/social/platforms/:platform/formats', () => problem(500, 'studio-error', { title: 'Broken' })));
  openApp('/social?asset=a1');
  expect(await screen.findByRole('alert', {}, { timeout: 15_000 })).toBeInTheDocument();
});

test('all files are taken along as one archive, and a refusal is said', async () => {
  const results = ASKED.map(([platform, id]) => exported(platform, id));
  const done = exporting({ status: 'done', progress: 1, result: { results, errors: [] } as never });
  let asked: unknown;
  server.use(
    http.get('*/api/jobs/so1', () => HttpResponse.json(done)),
    http.post('*/api/image-studio/social/zip', async ({ request }) => {
      asked = await request.json();
      return problem(503, 'storage-unavailable', { title: 'The storage is away' });
    }),
  );
  const { user } = openApp('/social?job=so1');
  await user.click(await screen.findByRole('button', { name: 'Download all' }));
  expect(await screen.findByText('The storage is away')).toBeInTheDocument();
  expect(asked).toEqual({ job_id: 'so1' });
});

test('a set is kept under a name, and taken up again', async () => {
  two();
  const sets: object[] = [];
  server.use(
    http.get('*/api/image-studio/social/export-sets', () => HttpResponse.json({ export_sets: sets, total: sets.length })),
    http.post('*/api/image-studio/social/export-sets', async ({ request }) => {
      const body = (await request.json()) as object;
      sets.push({ ...body, id: 's1', files: 2, created_at: '', updated_at: '' });
      return HttpResponse.json(sets[0], { status: 201 });
    }),
  );
  const { user } = openApp('/social?asset=a1');
  await user.click(await screen.findByRole('radio', { name: 'Fit' }));
  await user.click(screen.getByRole('button', { name: 'Export sets' }));
  await user.type(await screen.findByLabelText('Keep what is chosen now as'), 'Launch kit');
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  await waitFor(() => expect(sets).toHaveLength(1));
  expect(sets[0]).toMatchObject({ name: 'Launch kit', crop_mode: 'fit', format_names: { instagram: ['ig_feed_portrait', 'ig_story'] } });
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

  await user.click(screen.getByRole('radio', { name: 'Smart' }));
  await user.click(screen.getByRole('button', { name: 'Export sets' }));
  await user.click(await screen.findByRole('button', { name: /Launch kit.*2 formats/ }));
  expect(await screen.findByText('Nothing is cut off.')).toBeInTheDocument();
});
