// Personas to begin with where there are none: whoever takes one makes it their own before it is kept.
import { t } from '~/app/i18n';
import { EMPTY_PERSONA, withWords, type PersonaForm } from './form';

const said = (name: string, voice: string, looks: string, palette: readonly string[]): PersonaForm => ({
  ...EMPTY_PERSONA,
  name,
  voice,
  styleWords: withWords([], looks),
  palette,
});

/** Three that differ in voice, look and colours, in the reader's language. */
export const starters = (): readonly PersonaForm[] => [
  said(t('personas.warm'), t('personas.warmVoice'), t('personas.warmLooks'), ['#c2502f', '#e0a03a', '#f3e3cb', '#2c6a62']),
  said(t('personas.clear'), t('personas.clearVoice'), t('personas.clearLooks'), ['#16233f', '#3f5bd8', '#b9c6f0', '#f3f5fb']),
  said(t('personas.loud'), t('personas.loudVoice'), t('personas.loudLooks'), ['#ff4d6d', '#ffc93c', '#2a2540', '#35c9c1']),
];
