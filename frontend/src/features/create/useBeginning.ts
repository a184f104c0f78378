import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useRun } from '~/features/jobs/queries';
import { sayProblem } from '~/features/toasts/problem';
import { formOf, type CreateForm } from './form';

/** Takes up, once, what a link to the page brings along: a template, words to begin with, the settings of an earlier job. The address forgets it. */
export function useBeginning(form: CreateForm, change: (part: Partial<CreateForm>) => void): void {
  const { template, prompt, job, again } = useSearch({ from: '/studio/create' });
  const navigate = useNavigate();
  const { data: earlier, error } = useRun(again);
  useEffect(() => {
    if (template === undefined && prompt === undefined && (again === undefined || !(earlier || error))) return;
    if (earlier) change(formOf(earlier.job, form));
    else if (error) sayProblem(error);
    if (template !== undefined || prompt !== undefined) change({ ...(template !== undefined && { templateId: template }), ...(prompt !== undefined && { prompt }) });
    void navigate({ to: '/create', search: job === undefined ? {} : { job }, replace: true });
  }, [template, prompt, job, again, earlier, error, form, change, navigate]);
}
