import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { CreateForm } from './form';

/** Takes up, once, what a link to the page brings along: a template, words to begin with. The address forgets it. */
export function useBeginning(change: (part: Partial<CreateForm>) => void): void {
  const { template, prompt, job } = useSearch({ from: '/studio/create' });
  const navigate = useNavigate();
  useEffect(() => {
    if (template === undefined && prompt === undefined) return;
    change({ ...(template !== undefined && { templateId: template }), ...(prompt !== undefined && { prompt }) });
    void navigate({ to: '/create', search: job === undefined ? {} : { job }, replace: true });
  }, [template, prompt, job, change, navigate]);
}
