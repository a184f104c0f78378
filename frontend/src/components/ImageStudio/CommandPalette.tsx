import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ActionContext } from '~/actions/registry';
import { t } from '~/app/i18n';
import { placeOfJob } from '~/features/jobs/words';
import { useJobs } from '~/features/jobs/queries';
import { groupsOf, type Row } from '~/features/palette/items';
import { List } from '~/features/palette/parts/List';
import { Preview } from '~/features/palette/parts/Preview';
import { useFoundAssets } from '~/features/palette/queries';
import { useTemplates } from '~/features/templates/queries';
import { useSettled } from '~/lib/react';
import { Kbd } from './ui/Kbd';

/** Everything there is to do or to open, by a few letters: over the registry, the library, templates and jobs. */
export function CommandPalette({ context, onClose }: { context: ActionContext; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const groups = useGroups(typed, context);
  const list = useId();
  const preview = useRef<HTMLDivElement>(null);
  const rows = groups.flatMap((group) => group.rows);
  const current = rows[Math.min(at, rows.length - 1)];
  const run = (row: Row) => {
    onClose();
    row.perform();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    const { selectionStart, value } = event.currentTarget;
    if (key === 'ArrowDown') setAt((Math.min(at, rows.length - 1) + 1) % Math.max(1, rows.length));
    else if (key === 'ArrowUp') setAt((Math.min(at, rows.length - 1) - 1 + rows.length) % Math.max(1, rows.length));
    else if (key === 'Enter' && current && !event.nativeEvent.isComposing) run(current);
    else if (key === 'ArrowRight' && selectionStart === value.length && preview.current) preview.current.querySelector('button')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div data-overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="pop fixed z-50 flex animate-appear flex-col overflow-hidden rounded-panel outline-none max-sm:inset-x-3 max-sm:top-3 max-sm:max-h-[calc(100dvh-24px)] sm:top-[13vh] sm:left-1/2 sm:max-h-[74vh] sm:w-[min(780px,calc(100vw-64px))] sm:-translate-x-1/2"
        >
          <Dialog.Title className="sr-only">{t('palette.ask')}</Dialog.Title>
          <div className="flex h-16 shrink-0 items-center gap-3.5 border-b border-line px-5.5">
            <Search size={19} aria-hidden className="shrink-0" />
            <input
              role="combobox"
              aria-label={t('palette.ask')}
              aria-expanded
              aria-controls={list}
              aria-activedescendant={current && `${list}-${current.id}`}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              placeholder={t('palette.hint')}
              value={typed}
              onChange={({ target }) => {
                setTyped(target.value);
                setAt(0);
              }}
              onKeyDown={onKey}
              className="h-full min-w-0 flex-1 bg-transparent text-title outline-none"
            />
            <Kbd>{t('keys.escape')}</Kbd>
          </div>
          <div className="flex min-h-0 flex-1">
            <List id={list} groups={groups} current={current} onPoint={(row) => setAt(rows.indexOf(row))} onRun={run} />
            {current?.asset && <Preview ref={preview} asset={current.asset} context={context} onClose={onClose} onOpen={() => run(current)} />}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useGroups(typed: string, context: ActionContext) {
  const navigate = useNavigate();
  const { data: assets } = useFoundAssets(useSettled(typed.trim(), 120));
  const { data: templates } = useTemplates();
  const { data: jobs } = useJobs(true);
  return useMemo(
    () =>
      groupsOf({
        typed,
        context,
        assets: assets ?? [],
        templates: templates ?? [],
        jobs: jobs?.jobs ?? [],
        openAsset: ({ id }) => void navigate({ to: '/library', search: { asset: id } }),
        openJob: (job) => void navigate(placeOfJob(job)),
        openTemplate: ({ id }) => void navigate({ to: '/create', search: { template: id } }),
        create: (prompt) => void navigate({ to: '/create', search: { prompt } }),
      }),
    [typed, context, assets, templates, jobs, navigate],
  );
}
