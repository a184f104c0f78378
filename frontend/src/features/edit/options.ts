// The fine settings of an operation, read from the JSON Schema that the table gives of each. Pure.
import type { EditOperation } from '~/api/types';

export type OptionValue = string | number | boolean | null;

export type Option =
  | { kind: 'number'; name: string; title: string; low: number; high: number; whole: boolean; fallback: number }
  | { kind: 'switch'; name: string; title: string; fallback: boolean }
  | { kind: 'choice'; name: string; title: string; values: readonly string[]; optional: boolean; fallback: string | null };

interface Schema {
  type?: string;
  title?: string;
  default?: OptionValue;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  anyOf?: Schema[];
}

function optionOf(name: string, given: Schema): Option | null {
  const inner = given.anyOf?.find(({ type }) => type !== 'null');
  const schema = { ...inner, ...given };
  const title = schema.title ?? name;
  const { minimum: low, maximum: high, default: fallback } = schema;
  if (schema.enum ?? inner?.enum) {
    const values = schema.enum ?? inner?.enum ?? [];
    return { kind: 'choice', name, title, values, optional: inner !== undefined, fallback: typeof fallback === 'string' ? fallback : null };
  }
  if (schema.type === 'boolean') return { kind: 'switch', name, title, fallback: fallback === true };
  if ((schema.type === 'integer' || schema.type === 'number') && low !== undefined && high !== undefined) {
    return { kind: 'number', name, title, low, high, whole: schema.type === 'integer', fallback: typeof fallback === 'number' ? fallback : low };
  }
  return null;
}

/** The settings that a form can show; what takes a list, such as clicked points, belongs to a tool instead. */
export const optionsOf = (operation: EditOperation): Option[] =>
  Object.entries(operation.options ?? {}).flatMap(([name, schema]) => optionOf(name, schema as Schema) ?? []);
