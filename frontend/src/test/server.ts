// A studio that answers well; a test replaces the answer it is about.
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { controls } from './controls';
import { cropsOf, formatsOf, platforms } from './formats';
import { operations } from './operations';
import { asset, job, persona, relative, session, template } from './fixtures';

const templates = [template('instagram_feed_portrait', 'instagram', 1080, 1350), template('blog_header', 'blog', 1200, 628)];
const assets = [asset('a1'), asset('a2', { is_favorite: true }), asset('a3')];

const estimate = {
  provider: 'local',
  model: 'compose',
  operation: 'create',
  num_images: 4,
  resolution: '1080x1350',
  cost_per_image: 0,
  total_cost: 0,
  currency: 'USD',
  estimated_cost: 0,
  estimated: true,
  reason: 'Free, on this machine',
  seconds: 6,
};

const providers = {
  local: {
    name: 'Local',
    models: ['compose'],
    capabilities: ['create'],
    max_resolution: '',
    cost_range: 'Free',
    available: true,
    offers: [{ model: 'compose', operation: 'create', label: 'Designed graphics', cost_range: 'Free', generative: false, local: true, seconds: 2, available: true }],
  },
  stability: { name: 'Stability', models: [], capabilities: [], max_resolution: '', cost_range: '', available: false, reason: 'No key' },
};

const statistics = {
  total: 3,
  by_type: { image: 3 },
  by_source: { image_studio: 3 },
  by_provider: { local: 3 },
  by_model: { compose: 3 },
  by_operation: { create: 3 },
  by_platform: { instagram: 1 },
  by_month: [{ month: '2026-11', count: 3, bytes: 360_000, credits: 0 }],
  tags: [{ tag: 'autumn', count: 3 }],
  collections: 0,
  trashed: { count: 0, bytes: 0 },
  favorites: 1,
  downloads: 0,
  shares: 0,
  total_size: 360_000,
  total_cost: 0,
  storage: { used: 360_000, limit: null },
};

/** A problem as the server writes it. */
export const problem = (status: number, code: string, more: object = {}) =>
  HttpResponse.json({ status, code, title: code, detail: '', request_id: 'req1', ...more }, { status });

const spending = { date_from: '2026-11-01', date_to: '2026-11-23', pictures: 3, credits: 0, worth: 0.9, lines: [{ day: '2026-11-23', provider: 'local', operation: 'create', pictures: 3, credits: 0, worth: 0.9 }] };
const prices = { checked: '2026-11-22', version: '1', labels: { local: 'Local', stability: 'Stability AI' }, operations: [{ operation: 'create', free: true, credits: { stability: 3 } }] };
const account = { tier: 'self_hosted', credits: { available: null, reserved: 0, spent_this_month: 0, caps: { monthly: null, daily: null } } };

export const server = setupServer(
  http.get('*/api/account', () => HttpResponse.json(account)),
  http.get('*/api/account/spending', () => HttpResponse.json(spending)),
  http.get('*/api/account/prices', () => HttpResponse.json(prices)),
  http.get('*/api/account/sign-in-options', () => HttpResponse.json({ password: true, issuer: null })),
  http.get('*/api/health/live', () => HttpResponse.json({ status: 'ok' })),
  http.get('*/api/auth/session', () => HttpResponse.json(session)),
  http.get('*/api/content-assets/:id/lineage', ({ params }) =>
    HttpResponse.json({ asset_id: String(params['id']), nodes: [relative(String(params['id']))], edges: [], truncated: false }),
  ),
  http.get('*/api/jobs', () => HttpResponse.json({ jobs: [], next_cursor: null })),
  http.get('*/api/jobs/:id', ({ params }) => HttpResponse.json(job({ id: String(params['id']) }))),
  http.get('*/api/image-studio/templates', () => HttpResponse.json({ templates, total: templates.length })),
  http.get('*/api/image-studio/providers', () => HttpResponse.json({ providers })),
  http.get('*/api/image-studio/personas', () => HttpResponse.json({ personas: [persona('p1', { name: 'Anna' })], total: 1 })),
  http.get('*/api/image-studio/edit/operations', () => HttpResponse.json({ operations })),
  http.post('*/api/image-studio/edit', () => HttpResponse.json(job({ operation: 'edit' }), { status: 202 })),
  http.get('*/api/image-studio/control/operations', () => HttpResponse.json({ operations: controls })),
  http.get('*/api/image-studio/social/platforms', () => HttpResponse.json({ platforms, total: platforms.length, total_formats: 9, checked: '2026-11-22' })),
  http.get('*/api/image-studio/social/platforms/:platform/formats', ({ params }) => HttpResponse.json(formatsOf(String(params['platform'])))),
  http.post('*/api/image-studio/control/guide', () =>
    HttpResponse.json({ kind: 'line_art', image_base64: 'data:image/png;base64,AAAA', width: 80, height: 100, source_width: 80, source_height: 100, description: 'Ink on paper.' }),
  ),
  http.get('*/pics/*', () => new HttpResponse(null, { status: 404 })),
  http.post('*/api/image-studio/social/crops', async ({ request }) => HttpResponse.json(cropsOf((await request.json()) as Parameters<typeof cropsOf>[0]))),
  http.post('*/api/image-studio/estimate-cost', () => HttpResponse.json(estimate)),
  http.post('*/api/image-studio/prompts/improve', async ({ request }) => {
    const { prompt } = (await request.json()) as { prompt: string };
    return HttpResponse.json({ prompt, additions: [], note: '', provider: 'local', model: 'compose' });
  }),
  http.get('*/api/image-studio/templates/recommend', () => HttpResponse.json({ templates: [], total: 0, use_case: '' })),
  http.post('*/api/image-studio/create', () => HttpResponse.json(job(), { status: 202 })),
  http.get('*/api/content-assets/', () =>
    HttpResponse.json({ assets, total: assets.length, limit: 60, offset: 0, next_cursor: null }),
  ),
  http.get('*/api/content-assets/months', () => HttpResponse.json({ months: [{ month: '2026-11', count: assets.length }], total: assets.length })),
  http.get('*/api/content-assets/tags', () => HttpResponse.json({ tags: [{ tag: 'autumn', count: 3 }], total: 1 })),
  http.get('*/api/content-assets/statistics', () => HttpResponse.json(statistics)),
  http.get('*/api/content-assets/collections', () => HttpResponse.json({ collections: [], total: 0 })),
  http.post('*/api/content-assets/:id/usage', ({ params }) => HttpResponse.json({ asset_id: params['id'], action: 'download', tracked: true })),
  http.get('*/api/content-assets/:id', ({ params }) => HttpResponse.json(asset(String(params['id'])))),
);
