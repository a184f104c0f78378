// The engines that there are: those that the server tells of, and those that only lack a key.
import type { components } from '~/api/schema.gen';

export type Engine = components['schemas']['ProviderView'];

/** Engines that a key on the server switches on, by the name that its setting has. */
const KEYLESS: Record<string, string> = {
  stability: 'Stability AI',
  huggingface: 'Hugging Face',
  gemini: 'Gemini',
  wavespeed: 'WaveSpeed',
  openai: 'OpenAI',
};

const without = (name: string): Engine => ({ name, available: false, capabilities: [], cost_range: '', max_resolution: '', models: [] });

/** What the server tells of, then what it could: both by their ids. */
export function withKeyless(told: Record<string, Engine>): [id: string, engine: Engine][] {
  const missing = Object.entries(KEYLESS).filter(([id]) => !(id in told));
  return [...Object.entries(told), ...missing.map(([id, name]): [string, Engine] => [id, without(name)])];
}
