import { expect, test } from 'vitest';
import type { ControlOperation } from '~/api/types';
import { controls } from '~/test/controls';
import { bodyOf, EMPTY_CONTROL, lackOf, toggled, type ControlForm } from './form';

const { sketch, style, style_transfer: transfer } = controls as Record<string, ControlOperation> & {
  sketch: ControlOperation;
  style: ControlOperation;
  style_transfer: ControlOperation;
};
const form = (change: Partial<ControlForm>): ControlForm => ({ ...EMPTY_CONTROL, ...change });

test('styles that are chosen by name are said as words, and several are mixed', () => {
  expect(lackOf(style, EMPTY_CONTROL)).toBe('style');
  expect(bodyOf('style', style, form({ styles: ['starry', 'ink-wash'], strengths: { fidelity: 0 } }), 'a1')).toEqual({
    operation: 'style',
    control_image_asset_id: 'a1',
    response_format: 'url',
    prompt: 'starry, ink-wash',
    fidelity: 0,
  });
});

test('an operation sends its own fields and no others', () => {
  const all = form({ prompt: ' a boat ', styleImage: 'b1', shape: '4:5', strengths: { style_strength: 0.4, fidelity: 0.2 } });
  expect(lackOf(transfer, EMPTY_CONTROL)).toBe('style_image');
  const sent = bodyOf('style_transfer', transfer, all, 'a1');
  expect(sent).toMatchObject({ style_image_asset_id: 'b1', style_strength: 0.4, prompt: 'a boat' });
  expect(sent).not.toHaveProperty('fidelity');
  expect(sent).not.toHaveProperty('aspect_ratio');
});

test('what no engine does is never sent; with an engine that paints from words, words are needed', () => {
  expect(lackOf(sketch, form({ prompt: 'a boat' }))).toBe('engine');
  const served = { ...sketch, available: true };
  expect(lackOf(served, EMPTY_CONTROL)).toBe('prompt');
  expect(bodyOf('sketch', served, form({ prompt: 'a boat', shape: '4:5' }), 'a1')).toMatchObject({ prompt: 'a boat', aspect_ratio: '4:5' });
});

test('a second press takes a style out again', () => {
  expect(toggled(toggled([], 'oil'), 'frost')).toEqual(['oil', 'frost']);
  expect(toggled(['oil', 'frost'], 'oil')).toEqual(['frost']);
});
