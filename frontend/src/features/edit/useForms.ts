import { useEffect, useState } from 'react';
import { recall, remember } from '~/lib/persist';
import { EMPTY_EDIT, type EditForm } from './form';

const NAME = 'edit-drafts';
type Forms = Record<string, EditForm>;

const isForm = (value: unknown): value is EditForm => {
  const form = value as Partial<Record<keyof EditForm, unknown>> | null;
  return typeof form?.words === 'object' && typeof form.options === 'object' && typeof form.engine === 'string' && typeof form.sides === 'object';
};

const isForms = (value: unknown): value is Forms => typeof value === 'object' && value !== null && Object.values(value).every(isForm);

/** A form for each operation, kept in this browser. What belongs to one picture, its new sides, is not. */
export function useForms() {
  const [forms, setForms] = useState<Forms>(() => recall(NAME, isForms) ?? {});
  useEffect(() => {
    remember(NAME, Object.fromEntries(Object.entries(forms).map(([key, form]) => [key, { ...form, sides: EMPTY_EDIT.sides }])));
  }, [forms]);
  return {
    of: (key: string) => forms[key] ?? EMPTY_EDIT,
    change: (key: string, part: Partial<EditForm>) => setForms((before) => ({ ...before, [key]: { ...(before[key] ?? EMPTY_EDIT), ...part } })),
  };
}
