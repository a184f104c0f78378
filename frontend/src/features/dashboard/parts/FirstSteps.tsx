import { Link } from '@tanstack/react-router';
import { Check, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { useSpending } from '~/features/costs/spending';
import { lastYear } from '~/features/costs/span';
import { useProviders } from '~/features/templates/queries';
import { recall, remember } from '~/lib/persist';
import { stepsOf } from '../steps';

const CLOSED = 'first-steps-closed';
const isTrue = (value: unknown): value is true => value === true;
const WAYS = { make: '/create', fix: '/edit', export: '/social', engine: '/settings' } as const;

/** What to try first; each ticks itself once it was done, and all of it can be closed for ever. */
export function FirstSteps() {
  const [closed, setClosed] = useState(() => recall(CLOSED, isTrue) ?? false);
  const [now] = useState(() => new Date());
  const { data: spending } = useSpending(lastYear(now), !closed);
  const { data: providers } = useProviders();
  if (closed || !spending || !providers) return null;
  const engines = Object.entries(providers).some(([id, { available }]) => available && id !== 'local');
  const steps = stepsOf(spending.lines, engines);
  const done = steps.filter((step) => step.done).length;
  const close = () => {
    remember(CLOSED, true);
    setClosed(true);
  };
  return (
    <section aria-labelledby="first-steps">
      <div className="flex min-h-9 items-center">
        <h2 id="first-steps" className="text-section font-[620]">
          {t('home.steps')}
        </h2>
        <span className="ml-auto text-second text-muted tabular-nums">{t('home.stepsDone', { done, total: steps.length })}</span>
        <IconButton label={t('home.stepsClose')} onClick={close} className="-mr-2.5">
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <ul className="flex flex-col">
        {steps.map((step) => (
          <li key={step.name}>{step.done ? <Done label={t(step.label)} /> : <Todo label={t(step.label)} to={WAYS[step.name]} />}</li>
        ))}
      </ul>
    </section>
  );
}

const Done = ({ label }: { label: string }) => (
  <span className="flex min-h-[30px] py-1 items-center gap-2.5 text-second text-muted max-sm:min-h-11">
    <span className="flex size-5 shrink-0 items-center justify-center rounded-full bg-ok-soft text-ok">
      <Check size={13} strokeWidth={2.6} role="img" aria-label={t('home.stepDone')} />
    </span>
    {label}
  </span>
);

const Todo = ({ label, to }: { label: string; to: (typeof WAYS)[keyof typeof WAYS] }) => (
  <Link to={to} className="flex min-h-[30px] py-1 items-center gap-2.5 text-second leading-4 font-[580] hover:text-accent max-sm:min-h-11">
    <span aria-hidden className="size-5 shrink-0 rounded-full border-[1.5px] border-line-strong" />
    {label}
    <ChevronRight size={15} aria-hidden className="ml-auto text-muted" />
  </Link>
);
