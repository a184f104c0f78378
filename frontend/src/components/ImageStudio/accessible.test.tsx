import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { setTheme, THEMES } from '~/theme/theme';
import { faults, openApp } from '~/test/app';
import { http } from 'msw';
import { problem, server } from '~/test/server';

afterEach(() => setTheme('system'));

const PAGES = [
  { address: '/', sign: () => screen.findByRole('heading', { name: 'First steps' }) },
  { address: '/costs', sign: () => screen.findByText('Monthly limit') },
  { address: '/create', sign: () => screen.findByRole('button', { name: /Autumn harbour/ }) },
  { address: '/create?job=job1', sign: () => screen.findByText(/Making 1 of 2/) },
  { address: '/library', sign: () => screen.findByRole('button', { name: 'Picture a1' }) },
  { address: '/edit', sign: () => screen.findByRole('button', { name: 'Upload a picture' }) },
  { address: '/edit?asset=a1&op=erase', sign: () => screen.findByRole('toolbar', { name: 'Marking' }) },
  { address: '/edit?asset=a1&op=outpaint', sign: () => screen.findByRole('slider', { name: 'Extend: Left' }) },
  { address: '/edit?asset=a1&op=relight', sign: () => screen.findByRole('switch', { name: 'Keep the background' }) },
  { address: '/edit?asset=a1&op=search_replace', sign: () => screen.findByText(/takes a generative engine/) },
  { address: '/upscale', sign: () => screen.findByRole('button', { name: 'Upload a picture' }) },
  { address: '/upscale?asset=a1', sign: () => screen.findByRole('button', { name: /Upscale.*Free/ }) },
  { address: '/social', sign: () => screen.findByRole('button', { name: 'Upload a picture' }) },
  { address: '/social?asset=a1', sign: () => screen.findByRole('button', { name: /Export 8 files.*Free/ }) },
  { address: '/control?asset=a1', sign: () => screen.findByRole('button', { name: /Starry/i }) },
  { address: '/control?asset=a1&op=sketch', sign: () => screen.findByText('No engine here does this yet') },
  { address: '/personas', sign: () => screen.findByRole('heading', { name: 'Anna' }) },
  { address: '/library?asset=a1', sign: () => screen.findByRole('link', { name: 'Download' }) },
];

for (const theme of THEMES.filter((each) => each !== 'system')) {
  test.each(PAGES)(`$address is accessible in ${theme}`, async ({ address, sign }) => {
    setTheme(theme);
    openApp(address);
    await sign();
    expect(await faults()).toEqual([]);
  });
}

test('the door is accessible', async () => {
  server.use(http.get('*/api/auth/session', () => problem(401, 'sign-in-required')));
  openApp('/signin');
  await screen.findByLabelText('E-mail');
  expect(await faults()).toEqual([]);
});

test('the template dialog and the keys are accessible', async () => {
  const { user } = openApp('/create');
  await user.click(await screen.findByRole('button', { name: /Choose a template/ }));
  await screen.findByRole('button', { name: /blog header/ });
  expect(await faults()).toEqual([]);
  await user.keyboard('{Escape}');
  await user.click(document.body);
  await user.keyboard('?');
  await screen.findByRole('dialog', { name: 'Keys' });
  expect(await faults()).toEqual([]);
});
