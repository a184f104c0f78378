import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { createQueryClient } from '~/app/queryClient';
import { job } from '~/test/fixtures';
import { problem, server } from '~/test/server';
import { costOf, useStudioVerbs } from './useStudioVerbs';

const cost = (estimated: number, captured: number) => ({ estimated, reserved: 0, captured });

function studio() {
  const client = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook(() => useStudioVerbs(), { wrapper }).result;
}

test('each verb answers with its job', async () => {
  const made = job({ id: 'made' });
  server.use(http.post('*/api/image-studio/upscale', () => HttpResponse.json(made, { status: 202 })));
  server.use(http.post('*/api/image-studio/social/optimize', () => HttpResponse.json(made, { status: 202 })));
  const verbs = studio();
  await act(async () => {
    expect((await verbs.current.generateImage({ prompt: 'boat' })).status).toBe('running');
    expect((await verbs.current.processEdit({ operation: 'erase', image_asset_id: 'a1' })).id).toBeTruthy();
    expect((await verbs.current.processUpscale({ image_asset_id: 'a1' })).id).toBe('made');
    expect((await verbs.current.optimizeForSocial({ image_asset_id: 'a1', platforms: ['instagram'] })).id).toBe('made');
  });
  expect(verbs.current.errors).toEqual([]);
});

test('what was looked up is not asked for again', async () => {
  let asked = 0;
  server.use(http.get('*/api/image-studio/edit/operations', () => HttpResponse.json({ operations: { erase: { label: `asked ${++asked}` } } })));
  const verbs = studio();
  await verbs.current.loadEditOperations();
  await verbs.current.loadEditOperations();
  expect(asked).toBe(1);
  expect((await verbs.current.getPlatformFormats('instagram')).formats.length).toBeGreaterThan(0);
  expect((await verbs.current.estimateCost({ prompt: 'boat' })).total_cost).toBe(0);
});

test('a refusal is thrown, and kept to be shown', async () => {
  server.use(http.post('*/api/image-studio/create', () => problem(422, 'invalid-request')));
  const verbs = studio();
  await act(async () => {
    await expect(verbs.current.generateImage({ prompt: '' })).rejects.toMatchObject({ code: 'invalid-request' });
  });
  await waitFor(() => expect(verbs.current.errors).toHaveLength(1));
});

test('work at work costs what is expected of it, finished work what was charged', () => {
  expect(costOf([job({ status: 'running', cost: cost(4, 1) }), job({ status: 'done', cost: cost(9, 3) }), job({ status: 'failed', cost: cost(9, 0) })])).toBe(7);
});
