import { t } from '~/app/i18n';
import { EnginePicker } from '~/components/ImageStudio/EnginePicker';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { RunBanner } from '~/components/ImageStudio/RunBanner';
import { AsyncStatusBanner } from '~/components/ImageStudio/ui/AsyncStatusBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { CostButton, WorkingButton } from '~/components/ImageStudio/ui/CostButton';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { UseLocal } from '~/components/ImageStudio/UseLocal';
import { about, money } from '~/lib/format';
import type { useEdit } from '../useEdit';
import { aboutOf, nameOf, needsOf } from '../words';
import { EditFields, type EditFieldsProps } from './EditFields';

export interface EditPanelProps extends Omit<EditFieldsProps, 'error'> {
  edit: ReturnType<typeof useEdit>;
  /** How many versions wait to be used. */
  waits: number;
  onApply: () => void;
}

/** What the operation does, its form, and the button with what it costs. */
export function EditPanel({ edit, waits, onApply, ...rest }: EditPanelProps) {
  const { name, operation, form, onChange } = rest;
  const title = nameOf(name, operation);
  return (
    <GlassyCard
      aria-label={title}
      className="flex shrink-0 flex-col max-lg:mt-2 lg:w-66 lg:overflow-hidden xl:w-73"
    >
      <div className="scroll-quiet min-h-0 flex-1 p-4.5 pb-2 lg:overflow-y-auto">
        <h2 className="text-title font-[620]">{title}</h2>
        <p className="mt-1 mb-4 text-second text-muted">{aboutOf(name, operation)}</p>
        {operation.available ? (
          <div className="flex flex-col gap-4.5">
            <Trouble edit={edit} engine={form.engine} onEngine={(engine) => onChange({ engine })} onAgain={onApply} />
            <EditFields {...rest} error={edit.error} />
            <EnginePicker value={form.engine} estimate={edit.estimate} onChange={(engine) => onChange({ engine })} />
          </div>
        ) : (
          <Cannot title={title} reason={operation.reason} />
        )}
      </div>
      <div className="sticky bottom-3 z-20 p-4.5 pt-2 pb-3.5 max-lg:rounded-panel max-lg:bg-solid lg:static">
        <Action edit={edit} title={title} available={operation.available} waits={waits} onApply={onApply} />
      </div>
    </GlassyCard>
  );
}

/** Why an operation can't be done here. */
export function Cannot({ title, reason }: { title: string; reason: string | null | undefined }) {
  return (
    <AsyncStatusBanner tone="pause" title={t('edit.cannotTitle', { name: title })}>
      <p>{reason}</p>
    </AsyncStatusBanner>
  );
}

interface ActionProps {
  edit: ReturnType<typeof useEdit>;
  title: string;
  available: boolean;
  waits: number;
  onApply: () => void;
}

export function Action({ edit, title, available, waits, onApply }: ActionProps) {
  const { job, estimate, missing } = edit;
  if (job && edit.working) {
    return <WorkingButton label={job.message || t('edit.working')} progress={job.progress} onCancel={edit.cancel} />;
  }
  const blocked = available ? (missing === null ? undefined : needsOf(missing)) : t('edit.cannot');
  return (
    <CostButton
      verb={waits > 0 ? t('edit.another') : title}
      quiet={waits > 0}
      price={estimate && available ? money(estimate.total_cost, estimate.currency) : undefined}
      time={estimate?.seconds == null || !available ? undefined : about(estimate.seconds)}
      blocked={blocked}
      busy={edit.starting}
      onPress={onApply}
    />
  );
}

interface TroubleProps {
  edit: ReturnType<typeof useEdit>;
  engine: string;
  onEngine: (engine: string) => void;
  onAgain: () => void;
}

const SEEN = /^\/(prompt|negative_prompt|search_prompt|select_prompt|mask|mask_base64|expand_\w+|background_image\w*|lighting_image\w*|options\/\w+)$/;

/** What went wrong, unless it stands at its field already. */
export function Trouble({ edit, engine, onEngine, onAgain }: TroubleProps) {
  const { problem, lost, job, missing } = edit;
  if (lost) return <ProblemBanner problem={lost} />;
  if (job?.status === 'cancelled') return <p className="text-second text-muted">{t('edit.cancelled')}</p>;
  if (!problem) return job?.fallback ? <RunBanner job={job} /> : null;
  const atFields = problem.fields.length > 0 && problem.fields.every(({ pointer }) => SEEN.test(pointer));
  if (atFields) return null;
  const ways = (
    <>
      <UseLocal code={problem.code} engine={engine} onUse={onEngine} />
      {missing === null && <Button onClick={onAgain}>{t('action.retry')}</Button>}
    </>
  );
  return <ProblemBanner problem={problem} kept={t('edit.kept')} action={ways} />;
}
