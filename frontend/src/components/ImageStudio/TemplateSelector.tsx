import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { Template } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { TemplateThumb } from '~/features/create/parts/TemplateRow';
import { useTemplates } from '~/features/templates/queries';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';
import { fieldSkin } from './ui/Field';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

interface TemplateSelectorProps {
  chosen: string | null;
  onChoose: (template: Template) => void;
  onClose: () => void;
}

/** Every template in its true shape, found by words or by network. */
export function TemplateSelector({ chosen, onChoose, onClose }: TemplateSelectorProps) {
  const { data: templates, error, refetch } = useTemplates();
  const [search, setSearch] = useState('');
  const [platform, setPlatform] = useState<string | null>(null);
  const platforms = [...new Set(templates?.flatMap((each) => each.platform ?? []))];
  const found = templates?.filter((each) => (platform === null || each.platform === platform) && mentions(each, search));
  return (
    <Dialog title={t('templates.title')} open onClose={onClose} wide>
      <div className="flex flex-col gap-3 px-5 pb-3">
        <label className="relative block">
          <span className="sr-only">{t('templates.search')}</span>
          <Search size={17} aria-hidden className="absolute top-3.5 left-3.5 text-muted" />
          <input
            type="search"
            placeholder={t('templates.search')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            className={clsx(fieldSkin, 'h-11 border-line-strong pl-10')}
          />
        </label>
        <div role="group" aria-label={t('templates.platform')} className="-mx-5 flex gap-2 overflow-x-auto px-5 py-1 [scrollbar-width:none]">
          <Chip on={platform === null} onPress={() => setPlatform(null)}>
            {t('templates.all')}
          </Chip>
          {platforms.map((each) => (
            <Chip key={each} on={platform === each} onPress={() => setPlatform(each)}>
              {maybe(`platform.${each}`) ?? each}
            </Chip>
          ))}
        </div>
      </div>
      <div className="scroll-quiet min-h-64 overflow-y-auto px-5 pb-5">
        {error && <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />}
        {!templates && !error && <Loading />}
        {found?.length === 0 && <p className="py-12 text-center text-muted">{t('templates.none')}</p>}
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {found?.map((each) => (
            <li key={each.id}>
              <Card template={each} chosen={each.id === chosen} onChoose={() => onChoose(each)} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** Whether all the words are somewhere in what a template says of itself. */
function mentions(template: Template, search: string): boolean {
  const { id, name, description, use_cases: uses, aspect_ratio: shape } = template;
  const text = [id, name, description, ...uses, shape.label, shape.ratio, `${shape.width}x${shape.height}`].join(' ').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function Chip({ on, onPress, children }: { on: boolean; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={clsx(
        'h-8 shrink-0 rounded-chip px-3 text-second font-[550] transition duration-120 ease-studio max-sm:h-11',
        on ? 'bg-ink text-on-ink' : 'bg-sunken hover:bg-raised',
      )}
    >
      {children}
    </button>
  );
}

function Card({ template, chosen, onChoose }: { template: Template; chosen: boolean; onChoose: () => void }) {
  const { width, height } = template.aspect_ratio;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={clsx(
        'flex h-full w-full flex-col rounded-card border border-line bg-glass p-3 text-left transition duration-120 ease-studio hover:bg-raised',
        chosen && 'selected-ring',
      )}
    >
      <span className="mb-3 flex h-24 items-center justify-center">
        <TemplateThumb template={template} most={width >= height * 1.4 ? 140 : 96} />
      </span>
      <span className="font-[600]">{template.name}</span>
      <span className="text-caption text-muted tabular-nums">{t('size.pixels', { width, height })}</span>
    </button>
  );
}

function Loading() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {Array.from({ length: 8 }, (_, index) => (
        <LoadingSkeleton key={index} className="h-44" />
      ))}
    </div>
  );
}
