import type { Asset, Job, Persona, Picture, Relative, Session, Template } from '~/api/types';

export const session: Session = {
  user: { id: 'u1', name: 'Ana Ribeiro', email: 'ana@example.org' },
  workspace: { id: 'w1', name: 'Harbour & Rye' },
  role: 'owner',
};

export const job = (change: Partial<Job> = {}): Job => ({
  id: 'job1',
  operation: 'create',
  status: 'running',
  progress: 0,
  message: '',
  request: { prompt: 'A boat', original_prompt: 'A boat', width: 1080, height: 1350, quality: 'standard', seeds: [7, 8] },
  cost: { estimated: 0, reserved: 0, captured: 0 },
  asset_ids: [],
  created_at: '2026-11-22T12:00:00Z',
  ...change,
});

export const picture = (id: string): Picture => ({
  id,
  url: `/pics/${id}.png`,
  thumbnail_url: `/pics/${id}-small.png`,
  width: 1080,
  height: 1350,
  thumbhash: null,
});

export const asset = (id: string, change: Partial<Asset> = {}): Asset => ({
  id,
  asset_type: 'image',
  source_module: 'image_studio',
  filename: `${id}.png`,
  file_url: `/pics/${id}.png`,
  thumbnail_url: `/pics/${id}-small.png`,
  file_size: 120_000,
  mime_type: 'image/png',
  width: 1080,
  height: 1350,
  title: `Picture ${id}`,
  description: '',
  prompt: 'A boat',
  tags: ['autumn'],
  asset_metadata: {},
  provider: 'local',
  model: 'compose',
  cost: 0,
  generation_time: 4,
  status: 'ready',
  is_favorite: false,
  parent_ids: [],
  operation: null,
  platform: null,
  purpose: null,
  collection_ids: [],
  trashed_at: null,
  url: `/pics/${id}.png`,
  colour: null,
  files: [],
  download_count: 0,
  share_count: 0,
  job_id: null,
  thumbhash: null,
  created_at: '2026-11-22T12:00:00Z',
  updated_at: '2026-11-22T12:00:00Z',
  ...change,
});

export const template = (id: string, platform: string, width: number, height: number): Template => ({
  id,
  platform,
  name: id.replaceAll('_', ' '),
  category: 'social_media',
  aspect_ratio: { ratio: `${width}:${height}`, width, height, label: 'Post' },
  description: '',
  recommended_provider: 'auto',
  style_preset: '',
  quality: 'standard',
  use_cases: [],
  headline: 'none',
  safe: {},
});

export const persona = (id: string, change: Partial<Persona> = {}): Persona => ({
  id,
  name: `Persona ${id}`,
  voice: 'warm, plain-spoken',
  style_words: ['film grain'],
  palette: ['#0a66c2', '#f5b700'],
  negative_words: ['text'],
  engines: ['local'],
  style_preset: null,
  is_default: false,
  created_at: '2026-11-22T12:00:00Z',
  updated_at: '2026-11-22T12:00:00Z',
  ...change,
});

/** A picture in the family of another. */
export const relative = (id: string, change: Partial<Relative> = {}): Relative => ({
  id,
  title: `Picture ${id}`,
  filename: `${id}.png`,
  thumbnail_url: `/thumbs/${id}.webp`,
  operation: null,
  provider: null,
  model: null,
  cost: 0,
  width: 1080,
  height: 1350,
  is_favorite: false,
  purpose: null,
  trashed: false,
  created_at: '2026-11-22T12:00:00Z',
  ...change,
});
