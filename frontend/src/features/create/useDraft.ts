import { useCallback, useEffect, useState } from 'react';
import { recall, remember } from '~/lib/persist';
import { EMPTY_FORM, isForm, type CreateForm } from './form';

const NAME = 'create-draft';

const isPart = (value: unknown): value is Partial<CreateForm> => typeof value === 'object' && value !== null;

/** The form as it was left; fields that are newer than it stand as they begin. */
function remembered(): CreateForm {
  const form = { ...EMPTY_FORM, ...recall(NAME, isPart) };
  return isForm(form) ? form : EMPTY_FORM;
}

/** The form, kept in this browser: a reload or a sign-in loses nothing. */
export function useDraft() {
  const [form, setForm] = useState(remembered);
  useEffect(() => remember(NAME, form), [form]);
  const change = useCallback((part: Partial<CreateForm>) => setForm((before) => ({ ...before, ...part })), []);
  return { form, change };
}
