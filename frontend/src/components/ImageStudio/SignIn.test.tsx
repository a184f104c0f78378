import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { openApp } from '~/test/app';
import { session } from '~/test/fixtures';
import { problem, server } from '~/test/server';

test('a link signs in, and its token is gone from the address', async () => {
  const tokens: unknown[] = [];
  server.use(
    http.post('*/api/auth/link', async ({ request }) => {
      tokens.push(await request.json());
      return HttpResponse.json(session);
    }),
  );
  const { router } = openApp('/signin?token=1234567');
  await waitFor(() => expect(router.state.location.href).toBe('/create'));
  expect(tokens).toEqual([{ token: '1234567' }]);
});

test('a link that was used before says so and offers the other way', async () => {
  server.use(http.post('*/api/auth/link', () => problem(401, 'sign-in-required', { detail: 'This link was used before.' })));
  openApp('/signin?token=old');
  expect(await screen.findByText(/This link was used before/)).toBeInTheDocument();
  expect(screen.getByLabelText('Password')).toBeInTheDocument();
});

test('who is not signed in comes to the door and back to where they wanted to go', async () => {
  server.use(
    http.get('*/api/auth/session', () => problem(401, 'sign-in-required')),
    http.post('*/api/auth/login', () => HttpResponse.json(session)),
  );
  const { user, router } = openApp('/library?q=boat');
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Password'), 'correct horse battery');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(router.state.location.href).toBe('/library?q=boat'));
});

test('the way back never leaves this site', async () => {
  server.use(http.post('*/api/auth/link', () => HttpResponse.json(session)));
  const { router } = openApp('/signin?token=t&to=//elsewhere.example');
  await waitFor(() => expect(router.state.location.href).toBe('/create'));
});
