// The table of operations that follow a picture, as a studio without keys answers it.
import type { ControlOperation } from '~/api/types';

const NO_FIELDS: ControlOperation['fields'] = {
  control_image: true,
  prompt: true,
  style_image: false,
  negative_prompt: true,
  control_strength: false,
  fidelity: false,
  style_strength: false,
  composition_fidelity: false,
  change_strength: false,
  aspect_ratio: false,
  style_preset: false,
};

const row = (label: string, change: Partial<ControlOperation>): ControlOperation => ({
  label,
  description: `${label}, described.`,
  provider: 'local',
  async: false,
  fields: NO_FIELDS,
  required: ['control_image', 'prompt'],
  styles: [],
  available: true,
  reason: null,
  ...change,
});

export const controls: Record<string, ControlOperation> = {
  sketch: row('Sketch to picture', {
    fields: { ...NO_FIELDS, control_strength: true, aspect_ratio: true, style_preset: true },
    provider: '',
    available: false,
    reason: 'Painting from free words takes an engine such as Stability AI.',
  }),
  style: row('Style', {
    fields: { ...NO_FIELDS, fidelity: true, aspect_ratio: true, style_preset: true },
    styles: [
      { name: 'starry', looks: 'swirling blue and yellow lines' },
      { name: 'ink-wash', looks: 'pale washes under ink shadows' },
    ],
  }),
  style_transfer: row('Style of another picture', {
    fields: { ...NO_FIELDS, style_image: true, style_strength: true, composition_fidelity: true, change_strength: true },
    required: ['control_image', 'style_image'],
  }),
};
