import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { asProblem } from '~/api/errors';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import { PersonaCard } from '~/features/personas/parts/PersonaCard';
import { PersonaDialog } from '~/features/personas/parts/PersonaDialog';
import { usePersonas, useRemovePersona } from '~/features/personas/queries';
import { useSession } from '~/features/session/queries';
import { say } from '~/features/toasts/store';
import { PageHeader } from './PageHeader';
import { ProblemBanner, titleOf } from './ProblemBanner';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

type Task = { kind: 'form'; persona?: Persona } | { kind: 'remove'; persona: Persona } | null;

/** Who the workspace speaks as: list, add, change, remove. */
export function PersonasPage() {
  const { data: personas, isPending, error, refetch } = usePersonas();
  const { data: session } = useSession();
  const [task, setTask] = useState<Task>(null);
  const mayChange = session?.role !== 'viewer';
  const done = () => setTask(null);
  return (
    <div className="flex min-h-dvh flex-col">
      <PageHeader title={t('place.personas')} note={personas && t('personas.count', { count: personas.length })} />
      <div className="flex flex-1 flex-col gap-5 max-sm:px-4.5 max-sm:pb-28 sm:pb-6">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <p className="max-w-[62ch] min-w-0 basis-72 grow text-section text-muted">{t('personas.what')}</p>
          {mayChange && (
            <Button look="ink" className="ml-auto max-sm:ml-0" onClick={() => setTask({ kind: 'form' })}>
              <Plus size={17} aria-hidden />
              {t('personas.new')}
            </Button>
          )}
        </div>
        {error && <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />}
        {personas?.length === 0 && <Nobody />}
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,300px),1fr))] gap-4">
          {isPending && [1, 2, 3].map((place) => <LoadingSkeleton key={place} className="h-64" />)}
          {personas?.map((persona) => (
            <PersonaCard
              key={persona.id}
              persona={persona}
              open={mayChange}
              onChange={() => setTask({ kind: 'form', persona })}
              onRemove={() => setTask({ kind: 'remove', persona })}
            />
          ))}
        </div>
      </div>
      {task?.kind === 'form' && <PersonaDialog persona={task.persona} onClose={done} />}
      {task?.kind === 'remove' && <Removal persona={task.persona} onClose={done} />}
    </div>
  );
}

function Nobody() {
  return (
    <div className="panel mx-auto flex max-w-120 flex-col items-center gap-3 rounded-panel px-8 py-12 text-center sm:mt-16">
      <span className="flex size-14 items-center justify-center rounded-full bg-sunken">
        <UsersRound size={26} strokeWidth={1.6} aria-hidden />
      </span>
      <p className="text-title font-[620]">{t('personas.none')}</p>
      <p className="text-muted">{t('personas.noneNote')}</p>
    </div>
  );
}

function Removal({ persona, onClose }: { persona: Persona; onClose: () => void }) {
  const remove = useRemovePersona();
  const perform = () =>
    remove.mutate(persona.id, {
      onSuccess: () => say({ text: t('personas.removed', { name: persona.name }) }),
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
      onSettled: onClose,
    });
  return (
    <Dialog title={t('personas.removeQuestion', { name: persona.name })} open onClose={onClose} bare>
      <div className="px-5 pad-safe-bottom">
        <p className="text-muted">{t('personas.removeNote')}</p>
        <div className="mt-5 flex gap-2.5">
          <Button onClick={onClose} className="flex-1">
            {t('personas.keep')}
          </Button>
          <Button look="danger" onClick={perform} disabled={remove.isPending} className="flex-1 bg-danger-soft">
            {t('personas.removeNow')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
