import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { FakeEventSource } from '~/test/events';
import { job, picture } from '~/test/fixtures';
import { problem, server } from '~/test/server';

const prompt = () => screen.findByRole('textbox', { name: 'Describe the picture' });

async function stream(): Promise<FakeEventSource> {
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  return FakeEventSource.open[0] as FakeEventSource;
}

test('the button says what is missing, then what it costs and how long it takes', async () => {
  const { user } = openApp('/create');
  expect(await screen.findByRole('button', { name: /Describe a picture first/ })).toBeDisabled();
  await user.type(await prompt(), 'A boat');
  expect(await screen.findByRole('button', { name: /Generate 4.*Free.*about 6 s/ })).toBeEnabled();
});

test('pictures appear one by one, a failed one keeps its place and its reason', async () => {
  let asked: Request | undefined;
  server.use(
    http.post('*/api/image-studio/create', async ({ request }) => {
      asked = request.clone();
      return HttpResponse.json(job(), { status: 202 });
    }),
  );
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat{Control>}{Enter}{/Control}');
  const events = await stream();
  expect(asked?.headers.get('Prefer')).toBe('respond-async');
  expect(await asked?.json()).toMatchObject({ prompt: 'A boat', response_format: 'url', num_variations: 4 });

  act(() => events.tell('job.result', { ordinal: 0, asset: picture('p1') }));
  expect(await screen.findByRole('img', { name: 'Picture 1: A boat' })).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('1 of 2 ready');

  const results = [{ variation: 0, asset_id: 'p1', url: '/p1.png', width: 4, height: 5 }, { variation: 1, error: 'No memory.' }];
  server.use(http.get('*/api/jobs/job1', () => HttpResponse.json(job({ status: 'done', result: { results } }))));
  act(() => {
    events.tell('job.result', { ordinal: 1, problem: { title: 'Ran out of memory', detail: 'No memory.' } });
    events.tell('job.done', {});
  });
  expect(await screen.findByText('Ran out of memory')).toBeInTheDocument();
  expect(screen.getByText('Nothing charged')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
});

test('a refused request says why, and the prompt is still there', async () => {
  server.use(
    http.post('*/api/image-studio/create', () =>
      problem(422, 'invalid-request', { title: 'The request has wrong fields', errors: [{ pointer: '/prompt', detail: 'Too long.' }] }),
    ),
  );
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat');
  await user.click(await screen.findByRole('button', { name: /Generate 4/ }));
  expect(await screen.findByText('The request has wrong fields')).toBeInTheDocument();
  expect(screen.getByText('Too long.')).toBeInTheDocument();
  expect(await prompt()).toHaveValue('A boat');
});

test('where money is short, the engine that costs nothing is one press away', async () => {
  server.use(http.post('*/api/image-studio/create', () => problem(402, 'insufficient-credits', { detail: '3 credits are left.' })));
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat{Control>}{Enter}{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'This costs more than is left' });
  expect(dialog).toHaveTextContent('3 credits are left.');
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Not enough credits')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Use Local' }));
  expect(screen.queryByRole('button', { name: 'Use Local' })).not.toBeInTheDocument();
});

test('a reload takes the running job up again', async () => {
  server.use(http.get('*/api/jobs', () => HttpResponse.json({ jobs: [job({ id: 'job9' })], next_cursor: null })));
  openApp('/create');
  expect((await stream()).url).toBe('/api/jobs/events');
  expect(await screen.findByText(/Making 1 of 2/)).toBeInTheDocument();
});

test('a template is found by words and sets the size', async () => {
  const { user } = openApp('/create');
  await user.click(await screen.findByRole('button', { name: /Choose a template/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Choose a template' });
  await user.type(within(dialog).getByRole('searchbox'), 'blog 1200');
  await user.click(within(dialog).getByRole('button', { name: /blog header/ }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByText('1200 × 628')).toBeInTheDocument();
  expect(screen.queryByText('Shape')).not.toBeInTheDocument();
});

test('what could be said besides stands in green behind the words, and is taken or left', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('*/api/image-studio/prompts/improve', async ({ request }) => {
      const body = (await request.json()) as { prompt: string };
      asked.push(body);
      const additions = body.prompt.includes('sun') ? [] : [{ text: 'low warm sun', reason: 'the light was left open' }];
      const longer = [body.prompt, ...additions.map(({ text }) => text)].join(', ');
      return HttpResponse.json({ prompt: longer, additions, note: '', provider: 'local', model: 'compose' });
    }),
  );
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat');
  await user.click(await screen.findByRole('button', { name: '1 detail suggested' }));
  expect(screen.getByText('the light was left open')).toBeInTheDocument();
  expect(await prompt()).toHaveValue('A boat');
  await user.click(screen.getByRole('button', { name: 'Use' }));
  expect(await prompt()).toHaveValue('A boat, low warm sun');
  expect(screen.queryByRole('button', { name: 'Use' })).not.toBeInTheDocument();
  expect(asked[0]).not.toHaveProperty('num_variations');
});

test('who keeps the own words is asked no more, and the engine adds nothing either', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/image-studio/prompts/improve', () =>
      HttpResponse.json({ prompt: 'A boat, calm', additions: [{ text: 'calm', reason: 'x' }], note: '', provider: 'local', model: 'compose' }),
    ),
    http.post('*/api/image-studio/create', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(job(), { status: 202 });
    }),
  );
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat');
  await user.click(await screen.findByRole('button', { name: 'Keep mine' }));
  expect(screen.queryByRole('button', { name: 'Use' })).not.toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: /Generate 4/ }));
  await waitFor(() => expect(sent).toMatchObject({ prompt: 'A boat', enhance_prompt: false }));
});

test('letters act on the picture that has the focus, and two picks can be compared', async () => {
  const results = ['p1', 'p2'].map((id, variation) => ({ variation, asset_id: id, url: `/${id}.png`, width: 4, height: 5 }));
  server.use(http.get('*/api/jobs/:id', () => HttpResponse.json(job({ status: 'done', result: { results } }))));
  const { user, router } = openApp('/create?job=job1');
  (await screen.findByRole('link', { name: 'Open details of Picture 1' })).focus();
  await user.keyboard('c');
  screen.getByRole('button', { name: 'Bring Picture 2 into focus' }).focus();
  await user.keyboard('c');
  expect(screen.getByRole('button', { name: 'Seed 7' })).toBeInTheDocument();
  // One stands above the pictures, one below them on a phone.
  await user.click(screen.getAllByRole('button', { name: 'Compare 2' })[0] as HTMLElement);
  expect(router.state.location.search).toEqual({ ids: 'p1,p2' });
  expect(await screen.findByRole('button', { name: /Keep B/ })).toBeInTheDocument();
});

test('a starter fills the form in', async () => {
  const { user } = openApp('/create');
  await user.click(await screen.findByRole('button', { name: /Autumn harbour/ }));
  expect(await prompt()).toHaveValue('Paper-cut harbour at dusk, a low warm sun, layered waves, one small boat');
});

test('who is signed out in the middle of work signs in on top of it', async () => {
  server.use(http.post('*/api/image-studio/create', () => problem(401, 'sign-in-required')));
  const { user } = openApp('/create');
  await user.type(await prompt(), 'A boat');
  await user.click(await screen.findByRole('button', { name: /Generate 4/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Sign in to go on' });
  expect(within(dialog).getByText(/Your work is safe/)).toBeInTheDocument();
  expect(screen.getByLabelText('Describe the picture')).toHaveValue('A boat');
});
