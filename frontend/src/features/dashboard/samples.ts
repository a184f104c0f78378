// Six pictures for a studio that is empty: other designs, other shapes, all drawn on this machine. Pure.
import type { CreateBody } from '~/api/types';
import { t, type MessageKey } from '~/app/i18n';

interface Sample {
  words: MessageKey;
  style: string;
  template: string;
}

const SAMPLES: readonly Sample[] = [
  { words: 'sample.harbour', style: 'paper', template: 'blog_header_wide' },
  { words: 'sample.spring', style: 'botanicals', template: 'instagram_feed_portrait' },
  { words: 'sample.openAir', style: 'sunburst', template: 'linkedin_post' },
  { words: 'sample.night', style: 'nightcity', template: 'instagram_feed_square' },
  { words: 'sample.pattern', style: 'bauhaus', template: 'pinterest_pin' },
  { words: 'sample.product', style: 'stage', template: 'website_hero' },
];

/** The requests for them, in the reader's language. */
export const samples = (): CreateBody[] =>
  SAMPLES.map(({ words, style, template }, at) => ({
    prompt: t(words),
    provider: 'local',
    style_preset: style,
    template_id: template,
    num_variations: 1,
    seed: at + 1,
    response_format: 'url',
  }));

export const SAMPLE_COUNT = SAMPLES.length;
