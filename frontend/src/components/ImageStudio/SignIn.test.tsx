import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import { faults, openApp } from '~/test/app';
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
  await waitFor(() => expect(router.state.location.href).toBe('/'));
  expect(tokens).toEqual([{ token: '1234567' }]);
});

test('a link that was used before says so and offers the other way', async () => {
  server.use(http.post('*/api/auth/link', () => problem(401, 'sign-in-required', { detail: 'This link was used before.' })));
  openApp('/signin?token=old');
  expect(await screen.findByText(/This link was used before/)).toBeInTheDocument();
  expect(await screen.findByLabelText('Password')).toBeInTheDocument();
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
  await waitFor(() => expect(router.state.location.href).toBe('/'));
});

const acme = { label: 'Acme', start: '/api/account/oidc/start' };
const offer = (password: boolean) =>
  server.use(http.get('*/api/account/sign-in-options', () => HttpResponse.json({ password, issuer: acme })));

test('another issuer is offered first, with the way back, beside the password', async () => {
  offer(true);
  openApp('/signin?to=/library?q=boat');
  const link = await screen.findByRole('link', { name: 'Sign in with Acme' });
  expect(link).toHaveAttribute('href', '/api/account/oidc/start?to=%2Flibrary%3Fq%3Dboat');
  expect(screen.getByLabelText('Password')).toBeInTheDocument();
});

test('where passwords are not taken none is asked for', async () => {
  offer(false);
  openApp('/signin');
  await screen.findByRole('link', { name: 'Sign in with Acme' });
  expect(screen.queryByLabelText('Password')).not.toBeInTheDocument();
  expect(await faults()).toEqual([]);
});

test('who comes back from the issuer without being let in is told why', async () => {
  offer(true);
  openApp('/signin?problem=identity-refused&reason=no-role');
  expect(await screen.findByText('You were not let in')).toBeInTheDocument();
  expect(screen.getByText(/None of your groups has a role/)).toBeInTheDocument();
});

test('signing out goes on at the issuer that vouched for the session', async () => {
  const assign = vi.spyOn(globalThis.location, 'assign').mockReturnValue();
  const farewell = 'https://issuer.example/end?client_id=studio';
  server.use(http.post('*/api/auth/logout', () => HttpResponse.json({ continue_at: farewell })));
  const { user } = openApp('/library');
  await user.click(await screen.findByRole('button', { name: /Ana Ribeiro/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await waitFor(() => expect(assign).toHaveBeenCalledWith(farewell));
});
