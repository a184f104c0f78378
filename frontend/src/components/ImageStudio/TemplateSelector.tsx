import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Template } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { found, suiting, type Wanted } from '~/features/templates/find';
import { TemplateThumb } from '~/features/templates/parts/TemplateThumb';
import { useRecommended, useTemplates } from '~/features/templates/queries';
import { ProblemBanner } from './ProblemBanner';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';
import { fieldSkin } from './ui/Field';
import { LoadingSkeleton } from './ui/LoadingSkeleton';
import { ShapeGlyph } from './ui/ShapeGlyph';

interface TemplateSelectorProps {
  chosen: string | null;
  /** What the picture is to show: what suits it stands first. */
  words: string;
  onChoose: (template: Template) => void;
  onClose: () => void;
}

const RECOMMENDED = 4;
const EVERYTHING: Wanted = { search: '', platform: null, category: null };

/** Every template in its true shape, found by words, by network or by purpose; what suits the words first. */
export function TemplateSelector({ chosen, words, onChoose, onClose }: TemplateSelectorProps) {
  const { data: templates, error, refetch } = useTemplates();
  const { data: recommended } = useRecommended(words);
  const [wanted, setWanted] = useState<Wanted>(EVERYTHING);
  const shown = templates && found(templates, wanted);
  const narrowed = wanted.search.trim() !== '' || wanted.platform !== null || wanted.category !== null;
  const first = narrowed ? [] : suiting(recommended ?? [], words).slice(0, RECOMMENDED);
  const want = (part: Partial<Wanted>) => setWanted({ ...wanted, ...part });
  const several = (name: 'platform' | 'category') => [...new Set(templates?.map((each) => each[name]))];
  const cards = (list: readonly Template[]) => list.map((each) => <Card key={each.id} template={each} chosen={each.id === chosen} onChoose={() => onChoose(each)} />);
  return (
    <Dialog title={t('templates.title')} open onClose={onClose} wide>
      <div className="flex flex-col gap-2 px-5 pb-3">
        <label className="relative block">
          <span className="sr-only">{t('templates.search')}</span>
          <Search size={17} aria-hidden className="absolute top-3.5 left-3.5 text-muted" />
          <input
            type="search"
            placeholder={t('templates.search')}
            value={wanted.search}
            onChange={({ target }) => want({ search: target.value })}
            className={clsx(fieldSkin, 'h-11 border-line-strong pl-10')}
          />
        </label>
        <Chips label={t('templates.category')} value={wanted.category} options={several('category')} word="purpose" onChange={(category) => want({ category })} />
        <Chips label={t('templates.platform')} value={wanted.platform} options={several('platform')} word="platform" onChange={(platform) => want({ platform })} />
      </div>
      <p aria-live="polite" className="sr-only">
        {shown && t('templates.found', { count: shown.length })}
      </p>
      <div className="scroll-quiet min-h-64 overflow-y-auto px-5 pt-1 pb-5">
        {error && <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />}
        {!templates && !error && <Loading />}
        {first.length > 0 && (
          <>
            <h3 className="mb-2 text-second font-[580] text-muted">{t('templates.recommended')}</h3>
            <Cards>{cards(first)}</Cards>
            <h3 className="mt-5 mb-2 text-second font-[580] text-muted">{t('templates.rest')}</h3>
          </>
        )}
        {shown?.length === 0 && (
          <div className="flex flex-col items-center gap-3 py-12 text-muted">
            <p>{t('templates.none')}</p>
            <Button onClick={() => setWanted(EVERYTHING)}>{t('templates.clear')}</Button>
          </div>
        )}
        <Cards>{cards(shown ?? [])}</Cards>
      </div>
    </Dialog>
  );
}

const Cards = ({ children }: { children: ReactNode }) => <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">{children}</ul>;

interface ChipsProps {
  label: string;
  value: string | null;
  options: readonly string[];
  /** The group of words that the options are called by. */
  word: 'purpose' | 'platform';
  onChange: (value: string | null) => void;
}

function Chips({ label, value, options, word, onChange }: ChipsProps) {
  return (
    <div role="group" aria-label={label} className="-mx-5 flex gap-1.5 overflow-x-auto px-5 py-0.5 [scrollbar-width:none]">
      {[null, ...options].map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={value === each}
          onClick={() => onChange(each)}
          className={clsx(
            'h-8 shrink-0 rounded-chip px-3 text-second font-[550] transition duration-120 ease-studio max-sm:h-11',
            value === each ? 'bg-ink text-on-ink' : 'bg-sunken hover:bg-raised',
          )}
        >
          {each === null ? t('templates.all') : (maybe(`${word}.${each}`) ?? each)}
        </button>
      ))}
    </div>
  );
}

const ROOM = { width: 176, height: 124 };

function Card({ template, chosen, onChoose }: { template: Template; chosen: boolean; onChoose: () => void }) {
  const { width, height } = template.aspect_ratio;
  const reason = 'reason' in template && typeof template.reason === 'string' ? template.reason : undefined;
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={clsx(
          'flex h-full w-full flex-col rounded-card border border-line bg-glass p-3 text-left transition duration-120 ease-studio hover:bg-raised',
          chosen && 'selected-ring',
        )}
      >
        <span className="mb-3 flex h-33 w-full items-center justify-center">
          <TemplateThumb template={template} box={ROOM} />
        </span>
        <span className="font-[600]">{template.name}</span>
        <span className="flex items-center gap-1.5 text-caption text-muted tabular-nums">
          <ShapeGlyph ratio={width / height} />
          {t('size.pixels', { width, height })}
        </span>
        {reason && <span className="mt-1 line-clamp-2 text-caption text-muted">{reason}</span>}
      </button>
    </li>
  );
}

function Loading() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {Array.from({ length: 8 }, (_, index) => (
        <LoadingSkeleton key={index} className="h-52" />
      ))}
    </div>
  );
}
