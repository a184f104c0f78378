import { act, render, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heard, missed, whenBack } from '~/api/connection';
import { StudioProblem } from '~/api/errors';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { openApp } from '~/test/app';
import { server } from '~/test/server';
import { AbovePage, BannerSlot, firstOf, Inside, type Rank } from './above';
import { closeDoor, loseSession } from './door';
import { patiently } from './patience';
import { fewer } from './short';
import { retryOf } from './retry';

const trouble = (status: number, code: string, more: object = {}) => new StudioProblem({ status, code, title: code, ...more });
const ORDER = { body: { provider: 'stability' }, key: 'k1' };

/** Sends that are refused with each problem in turn, then taken. */
function door(...refusals: StudioProblem[]) {
  const seen: { body: object; key: string }[] = [];
  const send = (order: { body: object; key: string }) => {
    seen.push(order);
    const refusal = refusals.shift();
    return refusal ? Promise.reject(refusal) : Promise.resolve('taken');
  };
  return { seen, send };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  heard();
  vi.useRealTimers();
});

test('an order sits out a pause and goes on as the same order', async () => {
  const { seen, send } = door(trouble(429, 'too-many-requests', { retry_after: 24 }));
  const sent = patiently(ORDER, send);
  await vi.advanceTimersByTimeAsync(23_000);
  expect(seen).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await sent).toBe('taken');
  expect(seen[1]).toEqual(ORDER);
});

test('a pause of an hour is told instead of waited for', async () => {
  const { send } = door(trouble(429, 'too-many-requests', { retry_after: 3600 }));
  await expect(patiently(ORDER, send)).rejects.toThrow('too-many-requests');
});

test('what the server refuses for good is not sent twice', async () => {
  const { seen, send } = door(trouble(422, 'invalid-request'));
  await expect(patiently(ORDER, send)).rejects.toThrow('invalid-request');
  expect(seen).toHaveLength(1);
});

test('who signs in again goes on, who turns away is told', async () => {
  loseSession();
  const { send } = door(trouble(401, 'sign-in-required'));
  const sent = patiently(ORDER, send);
  await vi.advanceTimersByTimeAsync(0);
  closeDoor(true);
  expect(await sent).toBe('taken');

  loseSession();
  const refused = patiently(ORDER, door(trouble(401, 'sign-in-required')).send);
  const told = expect(refused).rejects.toThrow('sign-in-required');
  await vi.advanceTimersByTimeAsync(0);
  closeDoor(false);
  await told;
});

test('an order waits for a server that is gone, and is sent when it is back', async () => {
  let there = false;
  server.use(http.get('*/api/health/live', () => (there ? HttpResponse.json({}) : HttpResponse.error())));
  const { seen, send } = door(trouble(0, 'unreachable'));
  missed();
  const sent = patiently(ORDER, send);
  await vi.advanceTimersByTimeAsync(3000);
  expect(seen).toHaveLength(1);
  there = true;
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  expect(await sent).toBe('taken');
  expect(await whenBack()).toBe(false);
});

const claim = (id: string, rank: Rank) => ({ id, rank });

test('the most pressing banner has the place, of equals the latest', () => {
  expect(firstOf([])).toBeUndefined();
  expect(firstOf([claim('a', 'fact'), claim('b', 'refusal'), claim('c', 'refusal'), claim('d', 'fact')])).toBe('c');
  expect(firstOf([claim('a', 'connection'), claim('b', 'refusal')])).toBe('a');
});

const view = (refusal: boolean) => (
  <>
    <BannerSlot />
    <main>
      <AbovePage rank="fact">Another engine</AbovePage>
      {refusal && <AbovePage rank="refusal">Refused</AbovePage>}
      <Inside value>
        <AbovePage rank="connection">In the dialog</AbovePage>
      </Inside>
    </main>
  </>
);

test('one banner is seen at a time, above the page; a dialog keeps its own', () => {
  const { rerender } = render(view(true));
  expect(screen.getByText('Refused')).not.toBe(screen.getByRole('main'));
  expect(screen.queryByText('Another engine')).toBeNull();
  expect(screen.getByText('In the dialog')).toBe(screen.getByRole('main'));
  rerender(view(false));
  expect(screen.getByText('Another engine')).toBeInTheDocument();
});

test('a problem says when to try again, live, and its details when asked', async () => {
  render(<ProblemBanner problem={trouble(429, 'too-many-attempts', { retry_after: 2, request_id: 'r7' })} />);
  expect(screen.getByText(/Try again in 0:02/)).toBeInTheDocument();
  expect(screen.queryByText(/r7/)).toBeNull();
  act(() => screen.getByRole('button', { name: 'Details' }).click());
  expect(screen.getByText(/r7/)).toBeInTheDocument();
});

test('what is left decides how many pictures are offered', () => {
  expect(fewer({ num_variations: 4 }, { needed: 16, available: 9 })).toBe(2);
  expect(fewer({ num_variations: 4 }, { needed: 16, available: 3 })).toBeNull();
  expect(fewer({}, { needed: 4, available: 3 })).toBeNull();
  expect(fewer({ num_variations: 4 }, null)).toBeNull();
});

test('a retry is one that may work', () => {
  expect(retryOf({ code: 'provider-timeout' }, 'stability')).toBe('local');
  expect(retryOf({ code: 'provider-failed' }, 'local')).toBe('same');
  expect(retryOf({ code: 'content-refused' }, 'stability')).toBeNull();
});

test('too little credit is a choice: the free engine is taken in place', async () => {
  vi.useRealTimers();
  const asked: Record<string, unknown>[] = [];
  server.use(
    http.post('*/api/image-studio/create', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      asked.push(body);
      const answer = { status: 402, code: 'insufficient-credits', title: 'Not enough credits', needed: 8, available: 3 };
      return body['provider'] === 'local' ? HttpResponse.json({ ...(await job()) }, { status: 202 }) : HttpResponse.json(answer, { status: 402 });
    }),
  );
  const { user } = openApp('/create');
  await user.type(await screen.findByLabelText('Describe the picture'), 'A boat');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'This costs more than is left' });
  expect(dialog).toHaveTextContent('It takes 8 credits, 3 are left.');
  await user.click(await screen.findByRole('button', { name: /with Local.*Free/ }));
  expect(await screen.findByRole('region', { name: 'Pictures of this run' })).toBeInTheDocument();
  expect(asked.map((body) => body['provider'])).toEqual(['auto', 'local']);
});

const job = async () => (await import('~/test/fixtures')).job();
