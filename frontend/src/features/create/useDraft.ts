import { useEffect, useState } from 'react';
import { recall, remember } from '~/lib/persist';
import { EMPTY_FORM, isForm, type CreateForm } from './form';

const NAME = 'create-draft';

/** The form, kept in this browser: a reload or a sign-in loses nothing. */
export function useDraft() {
  const [form, setForm] = useState<CreateForm>(() => recall(NAME, isForm) ?? EMPTY_FORM);
  useEffect(() => remember(NAME, form), [form]);
  const change = (part: Partial<CreateForm>) => setForm((before) => ({ ...before, ...part }));
  return { form, change };
}
