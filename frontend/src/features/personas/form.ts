// What a person types about a persona, and what of it is sent. Pure.
import type { Persona, PersonaBody } from '~/api/types';

export const MOST_COLOURS = 6;

export type PersonaForm = Required<Pick<PersonaBody, 'name' | 'voice' | 'is_default'>> & {
  styleWords: readonly string[];
  palette: readonly string[];
  negativeWords: readonly string[];
  /** `provider` or `provider/model`, the most preferred first. */
  engines: readonly string[];
  stylePreset: string;
};

export const EMPTY_PERSONA: PersonaForm = {
  name: '',
  voice: '',
  styleWords: [],
  palette: [],
  negativeWords: [],
  engines: [],
  stylePreset: '',
  is_default: false,
};

export function formOf(persona: Persona): PersonaForm {
  return {
    name: persona.name,
    voice: persona.voice ?? '',
    styleWords: persona.style_words ?? [],
    palette: persona.palette ?? [],
    negativeWords: persona.negative_words ?? [],
    engines: persona.engines ?? [],
    stylePreset: persona.style_preset ?? '',
    is_default: persona.is_default ?? false,
  };
}

/** All of it is sent at each change: an empty list takes away what was there. */
export function bodyOf(form: PersonaForm): PersonaBody {
  return {
    name: form.name.trim(),
    voice: form.voice.trim(),
    style_words: [...form.styleWords],
    palette: [...form.palette],
    negative_words: [...form.negativeWords],
    engines: [...form.engines],
    style_preset: form.stylePreset.trim(),
    is_default: form.is_default,
  };
}

/** A list with what was typed or pasted at its end: commas and lines part it, and nothing stands twice. */
export function withWords(known: readonly string[], typed: string): readonly string[] {
  const found = new Map(known.map((word) => [word.toLowerCase(), word]));
  for (const part of typed.split(/[,;\n]/)) {
    const word = part.trim().replace(/\s+/g, ' ');
    if (word && !found.has(word.toLowerCase())) found.set(word.toLowerCase(), word);
  }
  return [...found.values()];
}

/** A list with one of its members a place further up: who comes first is asked first. */
export function raised(list: readonly string[], index: number): readonly string[] {
  if (index < 1) return list;
  const next = [...list];
  next.splice(index - 1, 0, ...next.splice(index, 1));
  return next;
}
