import { lazy, Suspense } from 'react';
import type { CreateForm } from '~/features/create/form';

const TemplateSelector = lazy(async () => ({ default: (await import('./TemplateSelector')).TemplateSelector }));

interface TemplateChoiceProps {
  form: CreateForm;
  open: boolean;
  onChange: (part: Partial<CreateForm>) => void;
  onClose: () => void;
}

/** The templates above a page that makes pictures; the chosen one goes into its form. Fetched when it is first opened. */
export function TemplateChoice({ form, open, onChange, onClose }: TemplateChoiceProps) {
  const choose = (id: string) => {
    onChange({ templateId: id });
    onClose();
  };
  return <Suspense>{open && <TemplateSelector chosen={form.templateId} words={form.prompt} onClose={onClose} onChoose={({ id }) => choose(id)} />}</Suspense>;
}
