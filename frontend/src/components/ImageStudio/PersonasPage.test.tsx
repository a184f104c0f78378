import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { Persona } from '~/api/types';
import { openApp } from '~/test/app';
import { job, persona, session } from '~/test/fixtures';
import { problem, server } from '~/test/server';

/** Personas that are kept for one test. */
function kept(...first: Persona[]) {
  const state = { personas: first, sent: [] as unknown[] };
  const take = async (request: Request) => {
    const body = (await request.json()) as Partial<Persona>;
    state.sent.push(body);
    return body;
  };
  server.use(
    http.get('*/api/image-studio/personas', () => HttpResponse.json({ personas: state.personas, total: state.personas.length })),
    http.post('*/api/image-studio/personas', async ({ request }) => {
      const made = persona('new', await take(request));
      state.personas = [...state.personas, made];
      return HttpResponse.json(made, { status: 201 });
    }),
    http.patch('*/api/image-studio/personas/:id', async ({ request, params }) => {
      const body = await take(request);
      state.personas = state.personas.map((each) => (each.id === params['id'] ? { ...each, ...body } : each));
      return HttpResponse.json(state.personas[0]);
    }),
    http.delete('*/api/image-studio/personas/:id', ({ params }) => {
      state.personas = state.personas.filter(({ id }) => id !== params['id']);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return state;
}

test('a persona is made of a voice, words, colours and engines', async () => {
  const state = kept();
  const { user } = openApp('/personas');
  expect(await screen.findByText('Nobody speaks for you yet')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'New persona' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New persona' }));
  expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(dialog.getByLabelText('Name'), 'Anna');
  await user.type(dialog.getByLabelText('Voice'), 'warm');
  await user.type(dialog.getByLabelText('How its pictures look'), 'film grain, soft light{Enter}');
  await user.click(dialog.getByRole('button', { name: 'Add a colour' }));
  await user.type(dialog.getByLabelText('Never shows'), 'text');
  await user.click(dialog.getByRole('button', { name: 'Add an engine' }));
  await user.click(await screen.findByRole('menuitemradio', { name: /^Local$/ }));
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(state.sent).toEqual([
    {
      name: 'Anna',
      voice: 'warm',
      style_words: ['film grain', 'soft light'],
      palette: ['#808080'],
      negative_words: ['text'],
      engines: ['local'],
      style_preset: null,
      is_default: false,
    },
  ]);
  expect(await screen.findByRole('heading', { name: 'Anna' })).toBeInTheDocument();
});

test('a persona is changed, and then removed after a question', async () => {
  kept(persona('p1', { name: 'Anna' }));
  const { user } = openApp('/personas');
  await user.click(await screen.findByRole('button', { name: 'Change Anna' }));
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Berta');
  await user.click(screen.getByRole('button', { name: 'Remove “film grain”' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { name: 'Berta' })).toBeInTheDocument();
  expect(screen.queryByText('film grain')).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Remove Berta' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Remove Berta?' }));
  expect(dialog.getByText(/Pictures that were made as it stay/)).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Nobody speaks for you yet')).toBeInTheDocument();
});

const refused = (code: string, more: object) =>
  server.use(http.post('*/api/image-studio/personas', () => problem(422, code, more), { once: true }));

test('what is refused stands beside its field, or above where it is about none', async () => {
  kept();
  const { user } = openApp('/personas');
  await user.click(await screen.findByRole('button', { name: 'New persona' }));
  await user.type(await screen.findByLabelText('Name'), 'Anna');
  refused('invalid-request', { errors: [{ pointer: '/engines/0', detail: 'there is no engine "foo"; known: local' }] });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/there is no engine "foo"/)).toBeInTheDocument();
  refused('conflict', { title: 'Taken', detail: 'Another persona is called “Anna” already.' });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/Another persona is called/)).toBeInTheDocument();
  expect(screen.getByLabelText('Name')).toHaveValue('Anna');
});

test('who may only look sees no way to change anything', async () => {
  kept(persona('p1', { name: 'Anna' }));
  server.use(http.get('*/api/auth/session', () => HttpResponse.json({ ...session, role: 'viewer' })));
  openApp('/personas');
  expect(await screen.findByRole('heading', { name: 'Anna' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /New persona|Change|Remove/ })).not.toBeInTheDocument();
});

test('a picture is made as somebody, and says afterwards what that changed', async () => {
  let asked: unknown;
  const applied = { id: 'p1', name: 'Anna', changes: [{ field: 'palette', text: '#0a66c2 #f5b700', reason: 'its colours' }] };
  const results = [{ variation: 0, asset_id: 'a1', url: '/a1.png', width: 4, height: 5 }];
  const done = job({ status: 'done', result: { results, metadata: { persona: applied } } });
  server.use(
    http.post('*/api/image-studio/create', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(done, { status: 202 });
    }),
    http.get('*/api/jobs/job1', () => HttpResponse.json(done)),
  );
  const { user } = openApp('/create');
  await user.type(await screen.findByRole('textbox', { name: 'Describe the picture' }), 'A boat');
  await user.click(await screen.findByRole('switch', { name: 'Make it as Anna' }));
  await user.click(await screen.findByRole('button', { name: /Generate 4/ }));
  expect(await screen.findByText('Made as Anna')).toBeInTheDocument();
  expect(asked).toMatchObject({ persona_id: 'p1' });
  expect(screen.getByText('its colours')).toBeInTheDocument();
});

test('a persona that is gone is told before anything is sent', async () => {
  const draft = { prompt: 'A boat', templateId: null, shape: '4:5', pictures: 4, engine: 'auto', quality: 'standard', seed: '', negative: '' };
  localStorage.setItem('create-draft', JSON.stringify({ ...draft, personaId: 'gone' }));
  openApp('/create');
  expect(await screen.findByText(/This persona is gone/)).toBeInTheDocument();
});
