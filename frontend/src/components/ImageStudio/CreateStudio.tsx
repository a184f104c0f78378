import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { asProblem, fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { Composer } from '~/features/create/parts/Composer';
import { Earlier } from '~/features/create/parts/Earlier';
import { Starters } from '~/features/create/parts/Starters';
import { blockerOf, bodyOf, formOf, ratioOf, ratioOfJob, type CreateForm } from '~/features/create/form';
import { insertionIn } from '~/features/create/improvement';
import { useImprovement } from '~/features/create/useImprovement';
import { useBeginning } from '~/features/create/useBeginning';
import { useDraft } from '~/features/create/useDraft';
import { isActive, readyOf, type Run } from '~/features/jobs/run';
import { appliedIn } from '~/features/personas/applied';
import { useTemplates } from '~/features/templates/queries';
import { useImageStudio } from '~/hooks/useImageStudio';
import { useGlow } from '~/lib/glow';
import { useSettled } from '~/lib/react';
import { useRunKey } from '~/lib/useRunKey';
import { CostEstimator, Making } from './CostEstimator';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { TemplateChoice } from './TemplateChoice';
import { SectionHeader } from './ui/SectionHeader';
import { UseLocal } from './UseLocal';

// None is part of the first look.
const PersonaNote = lazy(async () => ({ default: (await import('~/features/personas/parts/PersonaNote')).PersonaNote }));
const ImageResultsGallery = lazy(async () => ({ default: (await import('./ImageResultsGallery')).ImageResultsGallery }));

/** Describe a picture, see its price, get it. */
export function CreateStudio() {
  const { job: jobId } = useSearch({ from: '/studio/create' });
  const navigate = useNavigate();
  const { form, change } = useDraft();
  const { data: templates } = useTemplates();
  const [choosing, setChoosing] = useState(false);
  const request = useMemo(() => bodyOf(form), [form]);
  useBeginning(form, change);
  const template = templates?.find(({ id }) => id === form.templateId);
  const studio = useImageStudio({ jobId, request: useSettled(request, 300) });
  const { data: improved } = useImprovement(useSettled(request, 700), form.kept !== form.prompt.trim());
  const { run, estimate, create } = studio;
  const working = run !== undefined && isActive(run.job);

  const start = (wanted: CreateForm) => {
    if (blockerOf(wanted) || create.isPending || working) return;
    studio.createImage(bodyOf(wanted), (job) => void navigate({ to: '/create', search: { job: job.id } }));
  };
  const generate = () => start(form);
  useRunKey(generate);
  useGlow(run && readyOf(run)[0]?.thumbhash);

  const button =
    run && working ? (
      <Making job={run.job} ready={readyOf(run).length} total={run.slots.length} onCancel={() => studio.cancel(run.job.id)} />
    ) : (
      <CostEstimator form={form} estimate={estimate} busy={create.isPending} onGenerate={generate} />
    );
  const applied = run && appliedIn(run.job);
  const ratio = run ? ratioOfRun(run, templates) : ratioOf(form, template);
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader
        title={t('place.create')}
        note={run && <span className="lg:hidden">{t('results.ready', { ready: readyOf(run).length, total: run.slots.length })}</span>}
      />
      <div className="flex min-h-0 flex-1 max-lg:flex-col lg:gap-7 lg:pb-3">
        <Composer
          form={form}
          template={template}
          estimate={estimate}
          insertion={form.kept === form.prompt.trim() ? null : insertionIn(form.prompt, improved)}
          promptError={fieldProblem(create.error, 'prompt')}
          button={button}
          onChange={change}
          onPickTemplate={() => setChoosing(true)}
        />
        <div className="scroll-quiet min-w-0 flex-1 max-lg:order-first max-lg:px-4.5 max-lg:pb-5 max-sm:px-4.5 lg:-m-1 lg:overflow-y-auto lg:p-1">
          <div className="flex flex-col gap-4 lg:-mt-1">
            {create.error && (
              <ProblemBanner
                problem={create.error}
                kept={t('create.kept')}
                action={<UseLocal code={asProblem(create.error).code} engine={form.engine} onUse={(engine) => change({ engine })} />}
              />
            )}
            {studio.lost && <ProblemBanner problem={studio.lost} />}
            {run && <RunBanner job={run.job} onEngine={(engine) => change({ engine })} onAgain={() => start(formOf(run.job, form))} />}
            {run ? (
              <Suspense>
                <ImageResultsGallery
                  key={run.job.id}
                  run={run}
                  ratio={ratio}
                  onAgain={(seed) => change({ ...formOf(run.job, form), ...(seed !== undefined && { seed: String(seed), pictures: 1 }) })}
                  onSeed={(seed) => change({ seed: String(seed) })}
                  onMore={() => start(formOf(run.job, form))}
                  onCancel={() => studio.cancel(run.job.id)}
                />
              </Suspense>
            ) : (
              <section>
                <SectionHeader title={t('starter.title')} />
                <div className="mt-2">
                  <Starters onStart={change} />
                </div>
              </section>
            )}
            <Suspense>{applied && <PersonaNote applied={applied} />}</Suspense>
            <Earlier except={run ? readyOf(run).map(({ id }) => id) : []} />
          </div>
        </div>
      </div>
      <TemplateChoice form={form} open={choosing} onChange={change} onClose={() => setChoosing(false)} />
    </div>
  );
}

function ratioOfRun(run: Run, templates: Parameters<typeof ratioOf>[1][] | undefined): number {
  const [picture] = readyOf(run);
  if (picture) return picture.width / picture.height;
  const known = ratioOfJob(run.job);
  const template = templates?.find((each) => each?.id === run.job.request['template_id']);
  return known ?? (template ? template.aspect_ratio.width / template.aspect_ratio.height : 1);
}
