import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { blockerOf, bodyOf, type CreateForm } from '~/features/create/form';
import { order, useCreate, useEstimate } from '~/features/create/queries';
import { useDraft } from '~/features/create/useDraft';
import { FirstRun } from '~/features/dashboard/parts/FirstRun';
import { FirstSteps } from '~/features/dashboard/parts/FirstSteps';
import { Hero } from '~/features/dashboard/parts/Hero';
import { HomeComposer } from '~/features/dashboard/parts/HomeComposer';
import { Engines, Month } from '~/features/dashboard/parts/Month';
import { QuickStarts } from '~/features/dashboard/parts/QuickStarts';
import { Recent } from '~/features/dashboard/parts/Recent';
import { Running } from '~/features/dashboard/parts/Running';
import { SAMPLE_COUNT } from '~/features/dashboard/samples';
import { useFavourite, useRecent } from '~/features/dashboard/queries';
import { useSamples } from '~/features/dashboard/useSamples';
import { useJobs } from '~/features/jobs/queries';
import { isActive } from '~/features/jobs/run';
import { useSession } from '~/features/session/queries';
import { useTemplates } from '~/features/templates/queries';
import { useGlow } from '~/lib/glow';
import { useSettled } from '~/lib/react';
import { useRunKey } from '~/lib/useRunKey';
import { CostEstimator } from './CostEstimator';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { TemplateChoice } from './TemplateChoice';
import { Kbd } from './ui/Kbd';


/** Home: begin something, go on with something, see what goes on. */
export function ImageStudioDashboard() {
  const { data: session } = useSession();
  const { data: favourite, isError } = useFavourite();
  const { data: recent, error } = useRecent();
  const { form, change } = useDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  useGlow(favourite?.thumbhash);
  const fill = (part: Partial<CreateForm>) => {
    change(part);
    field.current?.focus();
  };
  return (
    <div className="scroll-quiet flex flex-col lg:h-dvh lg:overflow-y-auto max-sm:pb-28">
      <Hero favourite={isError ? null : favourite} header={<PageHeader title={session?.workspace.name ?? t('place.home')} />}>
        <Begin form={form} field={field} onChange={change} />
      </Hero>
      <div className="flex gap-11 py-6 max-lg:flex-col max-lg:gap-8 max-sm:px-4.5">
        <div className="flex min-w-0 flex-1 flex-col gap-7">
          <QuickStarts onFill={fill} />
          {error && <ProblemBanner problem={error} />}
          {!error && <GoOn assets={recent?.assets} />}
        </div>
        <aside aria-label={t('home.aside')} className="flex w-71 shrink-0 flex-col gap-5 max-lg:w-full">
          <FirstSteps />
          <Running />
          <Month />
          <Engines />
        </aside>
      </div>
    </div>
  );
}

/** What was touched last, or a way to the first pictures. */
function GoOn({ assets }: { assets: Parameters<typeof Recent>[0]['assets'] }) {
  const { asking, make } = useSamples();
  const { data } = useJobs(true);
  const coming = data?.jobs.filter((job) => isActive(job) && job.operation === 'create').length ?? 0;
  if (assets?.length === 0 && coming === 0 && !asking) return <FirstRun onSamples={make} />;
  return (
    <section aria-labelledby="go-on">
      <div className="mb-2 flex min-h-9 items-center gap-2">
        <h2 id="go-on" className="text-section font-[620]">
          {t('home.goOn')}
        </h2>
        <span className="ml-auto flex items-center gap-2 text-second text-muted max-sm:hidden">
          {t('home.drop')} <Kbd className="rounded-[6px] bg-sunken px-1.5 py-0.5">{t('keys.paste')}</Kbd>
        </span>
        <Link to="/library" className="ml-auto py-3.5 text-second font-[560] text-accent sm:hidden">
          {t('create.all')}
        </Link>
      </div>
      <Recent assets={assets} coming={asking ? SAMPLE_COUNT : coming} />
    </section>
  );
}

interface BeginProps {
  form: CreateForm;
  field: Parameters<typeof HomeComposer>[0]['field'];
  onChange: (part: Partial<CreateForm>) => void;
}

/** The form across the picture's edge; what it starts is looked at in Create. */
function Begin({ form, field, onChange }: BeginProps) {
  const navigate = useNavigate();
  const { data: templates } = useTemplates();
  const [choosing, setChoosing] = useState(false);
  const request = useMemo(() => bodyOf(form), [form]);
  const { data: estimate } = useEstimate(useSettled(request, 300));
  const create = useCreate();
  const template = templates?.find(({ id }) => id === form.templateId);
  const generate = () => {
    if (blockerOf(form) || create.isPending) return;
    create.mutate(order(bodyOf(form)), { onSuccess: ({ id }) => void navigate({ to: '/create', search: { job: id } }) });
  };
  useRunKey(generate);
  return (
    <>
      <HomeComposer
        form={form}
        template={template}
        field={field}
        error={fieldProblem(create.error, 'prompt')}
        note={estimate && (estimate.provider === 'local' ? t('home.local') : estimate.reason)}
        button={<CostEstimator form={form} estimate={estimate} busy={create.isPending} onGenerate={generate} />}
        onChange={onChange}
        onPickTemplate={() => setChoosing(true)}
      />
      {create.error && (
        <div className="mt-3">
          <ProblemBanner problem={create.error} kept={t('create.kept')} />
        </div>
      )}
      <TemplateChoice form={form} open={choosing} onChange={onChange} onClose={() => setChoosing(false)} />
    </>
  );
}
