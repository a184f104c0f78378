// The table of edits as a studio without keys answers it.
import type { EditOperation } from '~/api/types';

type Row = Partial<Omit<EditOperation, 'fields'>> & { fields?: Partial<EditOperation['fields']> };

const NOTHING = {
  prompt: false,
  mask: false,
  negative_prompt: false,
  search_prompt: false,
  select_prompt: false,
  background: false,
  lighting: false,
  expansion: false,
};

const EDGE = {
  grow_mask: { default: 0, maximum: 64, minimum: -64, title: 'Grow', type: 'integer' },
  feather: { default: 0, maximum: 16, minimum: 0, title: 'Feather', type: 'integer' },
};

const strength = (title: string, fallback: number) => ({ default: fallback, maximum: 1, minimum: 0, title, type: 'number' });

function row(label: string, description: string, { fields = {}, ...more }: Row = {}): EditOperation {
  return {
    label,
    description,
    provider: 'local',
    async: false,
    required: [],
    options: {},
    formats: ['png', 'jpg', 'webp'],
    available: true,
    reason: null,
    ...more,
    fields: { ...NOTHING, ...fields },
  };
}

export const operations = {
  remove_background: row('Remove background', 'Cuts out the subject.', { formats: ['png', 'webp'] }),
  erase: row('Erase', 'Takes away what is under the mask.', { fields: { mask: true }, required: [['mask']], options: EDGE }),
  outpaint: row('Extend', 'Continues the picture beyond its borders.', {
    fields: { prompt: true, negative_prompt: true, expansion: true },
    required: [['expand_left', 'expand_right', 'expand_up', 'expand_down']],
  }),
  search_replace: row('Replace', 'Replaces a thing that you name, or mask.', {
    fields: { prompt: true, mask: true, negative_prompt: true, search_prompt: true },
    required: [['prompt'], ['search_prompt', 'mask']],
    options: EDGE,
    provider: '',
    available: false,
    reason: 'Painting from free words takes a generative engine.',
  }),
  search_recolor: row('Recolour', 'Gives a thing another colour.', {
    fields: { prompt: true, mask: true, negative_prompt: true, select_prompt: true },
    required: [['prompt']],
    options: EDGE,
  }),
  relight: row('Relight', 'Puts the subject before another background.', {
    fields: { prompt: true, negative_prompt: true, background: true, lighting: true },
    required: [['background_image', 'prompt', 'lighting_image', 'options.light_direction']],
    options: {
      light_direction: {
        anyOf: [{ enum: ['left', 'right', 'above', 'below'], type: 'string' }, { type: 'null' }],
        default: null,
        title: 'Light Direction',
      },
      light_strength: strength('Light Strength', 0.5),
      keep_background: { default: false, title: 'Keep Background', type: 'boolean' },
    },
  }),
  general_edit: row('Adjust', 'Adjusts the picture as your words say.', {
    fields: { prompt: true, mask: true, negative_prompt: true },
    required: [['prompt']],
    options: { ...EDGE, strength: strength('Strength', 1) },
  }),
  select: row('Select', 'Makes a mask.', {
    options: {
      what: { default: 'subject', enum: ['subject', 'background', 'points', 'box'], title: 'What', type: 'string' },
      points: { default: [], type: 'array', maxItems: 64, title: 'Points' },
    },
  }),
};
