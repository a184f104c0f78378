// The six things that people come for, each a click away.
import { t, type MessageKey } from '~/app/i18n';
import type { CreateForm } from '~/features/create/form';
import { pictureOf, type Style } from '~/features/create/styles';

/** Fills the form above, or opens a studio. */
type Goal = { fill: () => Partial<CreateForm> } | { to: '/edit'; search: { op: string } } | { to: '/social'; search: { op?: string } };

export interface QuickStart {
  name: MessageKey;
  note: MessageKey;
  picture: string | undefined;
  /** How the picture is shown: as it is, its middle cut out, or cut to several shapes. */
  look: 'plain' | 'cut' | 'shapes';
  goal: Goal;
}

const start = (name: string, style: Style, goal: Goal, look: QuickStart['look'] = 'plain'): QuickStart => ({
  name: `start.${name}` as MessageKey,
  note: `start.${name}Note` as MessageKey,
  picture: pictureOf(style),
  look,
  goal,
});

export const STARTS: readonly QuickStart[] = [
  start('post', 'sunburst', { fill: () => ({ templateId: 'instagram_feed_portrait' }) }),
  start('header', 'ribbons', { fill: () => ({ templateId: 'blog_header' }) }),
  start('cut', 'orbs', { to: '/edit', search: { op: 'remove_background' } }, 'cut'),
  start('product', 'stage', { fill: () => ({ templateId: null, shape: '1:1', style: 'stage', prompt: t('start.productPrompt') }) }),
  start('social', 'portal', { to: '/social', search: {} }, 'shapes'),
  start('pattern', 'bauhaus', { fill: () => ({ templateId: null, shape: '1:1', style: '', prompt: t('starter.patternPrompt') }) }),
];
