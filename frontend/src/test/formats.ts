import type { FormatsAnswer, PlatformFormat, SocialResult } from '~/api/types';

const format = (id: string, name: string, width: number, height: number, change: Partial<PlatformFormat> = {}): PlatformFormat => ({
  id,
  name,
  aliases: [],
  default: false,
  legacy: false,
  width,
  height,
  ratio: `${width}:${height}`,
  shape: 'rectangle',
  safe_zone: { top: 0, bottom: 0, left: 0, right: 0 },
  safe_px: { top: 0, right: 0, bottom: 0, left: 0 },
  keepout: [],
  crops: {},
  file_type: 'jpeg',
  file_types: ['jpeg', 'png'],
  max_size_mb: 8,
  grade: 'B',
  grades: {},
  sources: ['docs'],
  rules: [
    { rule: 'types', limit: ['jpeg', 'png'], grade: 'A', sources: ['docs'] },
    { rule: 'max_bytes', limit: 8_000_000, grade: 'B', sources: ['docs'] },
  ],
  note: '',
  ...change,
});

const SHELF: Record<string, [string, PlatformFormat[]]> = {
  instagram: [
    'Instagram',
    [
      format('ig_feed_portrait', 'Feed Post (Portrait)', 1080, 1350),
      format('ig_story', 'Story', 1080, 1920, { safe_px: { top: 269, right: 65, bottom: 672, left: 65 } }),
      format('ig_profile', 'Profile Photo', 320, 320, { shape: 'circle' }),
    ],
  ],
  facebook: ['Facebook', [format('fb_link', 'Feed Post', 1200, 630)]],
  twitter: ['X', [format('x_post_landscape', 'Post', 1200, 675)]],
  linkedin: ['LinkedIn', [format('li_post_landscape', 'Post (Landscape)', 1200, 627)]],
  youtube: ['YouTube', [format('yt_thumbnail', 'Thumbnail', 1280, 720, { keepout: [[1080, 640, 200, 80]] })]],
  pinterest: ['Pinterest', [format('pin_standard', 'Pin', 1000, 1500)]],
  tiktok: ['TikTok', [format('tt_photo', 'Photo', 1080, 1920)]],
};

/** What the server answers of one platform. */
export function formatsOf(platform: string): FormatsAnswer | undefined {
  const [name, formats] = SHELF[platform] ?? [];
  if (!name || !formats) return undefined;
  const docs = { pages: ['https://docs.example.com/media'], kind: 'vendor', dated: '2026', read: '2026-11-22', says: '' } as const;
  return { platform, name, checked: '2026-11-22', formats, total: formats.length, sources: { docs: { ...docs, pages: [...docs.pages] } } };
}

export const platforms = Object.entries(SHELF).map(([key, [name, formats]]) => ({
  key,
  name,
  aliases: [],
  default_format: formats[0]!.name,
  formats: formats.map((each) => each.name),
  note: '',
}));

/** One exported file, as a job's result tells of it. */
export const exported = (platform: string, id: string, change: Partial<SocialResult> = {}): SocialResult => ({
  platform,
  format: id,
  format_id: id,
  width: 1080,
  height: 1350,
  ratio: '4:5',
  safe_zone: { top: 0, bottom: 0, left: 0, right: 0 },
  crop: { left: 0, top: 0, width: 1080, height: 1350 },
  score: 0.9,
  reasons: [{ kind: 'faces', says: '1 face is whole', value: 1 }],
  encoding: 'jpg',
  quality: 85,
  ssim: null,
  upscaled: 1,
  notes: [],
  mode: 'smart',
  laid_out: false,
  checks: [{ rule: 'types', ok: true, level: 'must', value: 'jpeg', limit: ['jpeg'], source: ['https://docs.example.com/media'], grade: 'A', fix: '' }],
  alt_text: null,
  bytes: 312_000,
  mime: 'image/jpeg',
  filename: `${id}.jpg`,
  asset_id: `f-${id}`,
  url: `/pics/${id}.jpg`,
  thumbnail_url: null,
  ...change,
});

/** What the server says of crops: the middle of the fixtures' picture, and no face. */
export function cropsOf({ platforms: asked, format_names: names }: { platforms: string[]; format_names: Record<string, string[]> }) {
  const source = { width: 1080, height: 1350 };
  const crops = asked.flatMap((platform) =>
    (formatsOf(platform)?.formats ?? [])
      .filter(({ id }) => names[platform]?.includes(id))
      .map(({ id, name, width, height }) => {
        const scale = Math.min(source.width / width, source.height / height);
        const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
        const crop = { left: Math.round((source.width - wide) / 2), top: Math.round((source.height - high) / 2), width: wide, height: high };
        return { platform, format: name, format_id: id, crop, score: 0.9, reasons: [], name: `boat-${platform}-${id}` };
      }),
  );
  return { ...source, faces: [] as number[][], laid_out: false, crops };
}
