import { Plus } from 'lucide-react';
import { useState } from 'react';
import { asProblem } from '~/api/errors';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import type { PersonaForm } from '~/features/personas/form';
import { PersonaCard } from '~/features/personas/parts/PersonaCard';
import { Palette } from '~/features/personas/parts/Palette';
import { PersonaDialog } from '~/features/personas/parts/PersonaDialog';
import { usePersonas, useRemovePersona } from '~/features/personas/queries';
import { starters } from '~/features/personas/starters';
import { useSession } from '~/features/session/queries';
import { say } from '~/features/toasts/store';
import { PageHeader } from './PageHeader';
import { ProblemBanner, titleOf } from './ProblemBanner';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

type Task = { kind: 'form'; persona?: Persona; start?: PersonaForm } | { kind: 'remove'; persona: Persona } | null;

/** Who the workspace speaks as: list, add, change, remove. */
export function PersonasPage() {
  const { data: personas, isPending, error, refetch } = usePersonas();
  const { data: session } = useSession();
  const [task, setTask] = useState<Task>(null);
  const mayChange = session?.role !== 'viewer';
  const done = () => setTask(null);
  return (
    <div className="flex min-h-dvh flex-col">
      <PageHeader title={t('place.personas')} note={personas && personas.length > 0 && t('personas.count', { count: personas.length })} />
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
        {personas?.length === 0 && <Nobody onBegin={mayChange ? (start) => setTask({ kind: 'form', start }) : undefined} />}
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
      {task?.kind === 'form' && <PersonaDialog persona={task.persona} start={task.start} onClose={done} />}
      {task?.kind === 'remove' && <Removal persona={task.persona} onClose={done} />}
    </div>
  );
}

/** Three voices to begin with; a press takes one into the form, where it becomes one's own. */
function Nobody({ onBegin }: { onBegin: ((start: PersonaForm) => void) | undefined }) {
  return (
    <section aria-labelledby="nobody" className="sm:mt-6">
      <h2 id="nobody" className="text-title font-[620]">
        {t('personas.none')}
      </h2>
      <p className="mt-1 max-w-[62ch] text-muted">{t(onBegin ? 'personas.begin' : 'personas.noneNote')}</p>
      {onBegin && (
        <ul className="mt-5 grid grid-cols-[repeat(auto-fill,minmax(min(100%,280px),1fr))] gap-4">
          {starters().map((start) => (
            <li key={start.name} className="flex max-w-115">
              <button type="button" onClick={() => onBegin(start)} className="panel flex flex-1 flex-col overflow-hidden rounded-panel text-left transition duration-120 ease-studio hover:bg-raised">
                <Palette colours={start.palette} className="h-20 w-full" />
                <span className="flex flex-1 flex-col gap-2.5 p-4.5 pt-3.5">
                  <span className="text-title font-[640]">{start.name}</span>
                  <span className="-mt-1.5 text-section text-muted italic">{t('personas.quoted', { voice: start.voice })}</span>
                  <span className="flex flex-wrap gap-1.5">
                    {start.styleWords.map((word) => (
                      <span key={word} className="rounded-full bg-sunken px-2.5 py-1 text-second font-[550]">
                        {word}
                      </span>
                    ))}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
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
