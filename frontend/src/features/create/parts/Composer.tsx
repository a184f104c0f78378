import { Copy, LayoutTemplate, Palette, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Estimate, Template } from '~/api/types';
import { t } from '~/app/i18n';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { ShapeGlyph } from '~/components/ImageStudio/ui/ShapeGlyph';
import { useWide } from '~/lib/react';
import { ratioOf, type CreateForm } from '../form';
import type { Insertion } from '../improvement';
import { PromptBox } from './PromptBox';
import { isStyle, nameOf } from '../styles';
import { Settings } from './Settings';

const SettingsSheet = lazy(async () => ({ default: (await import('./SettingsSheet')).SettingsSheet }));

interface ComposerProps {
  form: CreateForm;
  template: Template | undefined;
  estimate: Estimate | undefined;
  promptError: string | undefined;
  /** What could be said besides in the prompt. */
  insertion: Insertion | null;
  /** The cost button in whatever state it is. */
  button: ReactNode;
  onChange: (part: Partial<CreateForm>) => void;
  onPickTemplate: () => void;
}

/** The form: a panel beside the pictures, or below them with its settings in a sheet. */
export function Composer(props: ComposerProps) {
  return useWide() ? <Panel {...props} /> : <Dock {...props} />;
}

function Panel({ form, promptError, insertion, button, onChange, ...rest }: ComposerProps) {
  return (
    <GlassyCard aria-label={t('create.form')} className="flex w-66 shrink-0 flex-col overflow-hidden xl:w-89">
      <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto p-4.5 pb-2">
        <Prompt form={form} error={promptError} insertion={insertion} onChange={onChange} />
        <div className="mt-4">
          <Settings form={form} onChange={onChange} {...rest} />
        </div>
      </div>
      <div className="p-4.5 pt-2 pb-3.5">{button}</div>
    </GlassyCard>
  );
}

type PromptProps = Pick<ComposerProps, 'form' | 'insertion' | 'onChange'> & { error: string | undefined };

function Prompt({ form, error, insertion, onChange }: PromptProps) {
  return (
    <PromptBox
      value={form.prompt}
      error={error}
      insertion={insertion}
      onChange={(prompt) => onChange({ prompt })}
      onKeep={() => onChange({ kept: form.prompt.trim() })}
    />
  );
}

const chip = 'flex h-11 shrink-0 items-center gap-2 rounded-control bg-sunken px-3.5 text-body font-[560]';

function Dock({ form, template, estimate, promptError, insertion, button, onChange, onPickTemplate }: ComposerProps) {
  const [open, setOpen] = useState(false);
  const more = () => setOpen(true);
  return (
    <section
      aria-label={t('create.form')}
      className="pop sticky bottom-0 z-20 mt-auto rounded-t-sheet px-4.5 pt-4.5 pb-[calc(92px+env(safe-area-inset-bottom))] sm:mb-0 sm:pb-4.5"
    >
      <Prompt form={form} error={promptError} insertion={insertion} onChange={onChange} />
      <div className="-mx-4.5 my-3 flex gap-2 overflow-x-auto px-4.5 [scrollbar-width:none]">
        <button type="button" onClick={onPickTemplate} className={chip}>
          <LayoutTemplate size={17} aria-hidden />
          {template?.name ?? t('create.template')}
        </button>
        {!template && (
          <button type="button" onClick={more} aria-label={t('create.shapeNow', { shape: form.shape })} className={chip}>
            <ShapeGlyph ratio={ratioOf(form, undefined)} />
            {form.shape}
          </button>
        )}
        <button type="button" onClick={more} aria-label={t('create.picturesNow', { count: form.pictures })} className={chip}>
          <Copy size={17} aria-hidden />
          {form.pictures}
        </button>
        <button type="button" onClick={more} className={chip}>
          <Palette size={17} aria-hidden />
          {isStyle(form.style) ? t(nameOf(form.style)) : t('create.style')}
        </button>
        <button type="button" onClick={more} className={chip}>
          <SlidersHorizontal size={17} aria-hidden />
          {t('create.more')}
        </button>
      </div>
      {button}
      <Suspense>
        {open && <SettingsSheet form={form} template={template} estimate={estimate} onChange={onChange} onPickTemplate={onPickTemplate} onClose={() => setOpen(false)} />}
      </Suspense>
    </section>
  );
}
