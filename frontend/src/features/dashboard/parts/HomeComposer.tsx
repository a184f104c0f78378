import { Link } from '@tanstack/react-router';
import { Copy, ImagePlus, LayoutTemplate, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { Template } from '~/api/types';
import { t } from '~/app/i18n';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import { ShapeGlyph } from '~/components/ImageStudio/ui/ShapeGlyph';
import { LONGEST_PROMPT, MOST_PICTURES, ratioOf, SHAPES, type CreateForm, type Shape } from '~/features/create/form';

const COUNTS = [1, 2, 3, 4, 6, 8, MOST_PICTURES];
const chip = 'flex h-8 shrink-0 items-center gap-2 rounded-chip bg-sunken px-3 text-second font-[580] whitespace-nowrap transition duration-120 ease-studio hover:bg-raised max-sm:h-11';

interface HomeComposerProps {
  form: CreateForm;
  template: Template | undefined;
  field: RefObject<HTMLTextAreaElement | null>;
  error: string | undefined;
  /** Where it will be made, and what follows from that. */
  note: string | undefined;
  /** The cost button in whatever state it is. */
  button: ReactNode;
  onChange: (part: Partial<CreateForm>) => void;
  onPickTemplate: () => void;
}

/** One line of words, what it is for, and what it costs: enough to begin. */
export function HomeComposer({ form, template, field, error, note, button, onChange, onPickTemplate }: HomeComposerProps) {
  return (
    <div className="composer flex items-center gap-6 rounded-panel p-5 max-sm:flex-col max-sm:items-stretch max-sm:gap-3 max-sm:p-4">
      <div className="min-w-0 flex-1">
        <textarea
          ref={field}
          rows={1}
          aria-label={t('create.prompt')}
          aria-invalid={error !== undefined}
          placeholder={t('create.promptHint')}
          maxLength={LONGEST_PROMPT}
          value={form.prompt}
          onChange={({ target }) => onChange({ prompt: target.value })}
          className="scroll-quiet field-grows block max-h-24 w-full resize-none rounded-[6px] bg-transparent text-title outline-offset-4 max-sm:min-h-12"
        />
        {error !== undefined && <p className="text-second text-danger">{error}</p>}
        <div className="mt-3 flex flex-wrap items-center gap-2 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:[scrollbar-width:none]">
          <Chips form={form} template={template} onChange={onChange} onPickTemplate={onPickTemplate} />
          {note !== undefined && (
            <span className="ml-2 flex items-center gap-2 text-second font-[560] text-ok max-lg:hidden">
              <span aria-hidden className="size-[7px] rounded-full bg-ok" />
              {note}
            </span>
          )}
        </div>
      </div>
      <div className="shrink-0 sm:w-68">{button}</div>
    </div>
  );
}

function Chips({ form, template, onChange, onPickTemplate }: Pick<HomeComposerProps, 'form' | 'template' | 'onChange' | 'onPickTemplate'>) {
  return (
    <>
      <span className="flex">
        <button type="button" onClick={onPickTemplate} className={chip}>
          <LayoutTemplate size={15} aria-hidden />
          {template?.name ?? t('home.template')}
        </button>
        {template && (
          <button type="button" aria-label={t('create.templateClear')} title={t('create.templateClear')} onClick={() => onChange({ templateId: null })} className="-ml-1.5 flex h-8 w-8 items-center justify-center rounded-r-chip bg-sunken text-muted hover:text-fg max-sm:size-11">
            <X size={14} aria-hidden />
          </button>
        )}
      </span>
      {template ? (
        <span className="flex items-center gap-2 px-1 text-second text-muted tabular-nums max-lg:hidden">
          <ShapeGlyph ratio={ratioOf(form, template)} />
          {t('size.pixels', { width: template.aspect_ratio.width, height: template.aspect_ratio.height })}
        </span>
      ) : (
        <Menu
          align="start"
          trigger={
            <button type="button" aria-label={t('create.shapeNow', { shape: form.shape })} className={chip}>
              <ShapeGlyph ratio={ratioOf(form, undefined)} />
              {form.shape}
            </button>
          }
        >
          <MenuChoices value={form.shape} onChange={(shape) => onChange({ shape: shape as Shape })} options={SHAPES.map((value) => ({ value, text: value }))} />
        </Menu>
      )}
      <Menu
        align="start"
        trigger={
          <button type="button" className={chip}>
            <Copy size={15} aria-hidden />
            {t('create.picturesNow', { count: form.pictures })}
          </button>
        }
      >
        <MenuChoices
          value={String(form.pictures)}
          onChange={(pictures) => onChange({ pictures: Number(pictures) })}
          options={COUNTS.map((count) => ({ value: String(count), text: t('create.picturesNow', { count }) }))}
        />
      </Menu>
      <Link to="/control" className={chip}>
        <ImagePlus size={15} aria-hidden />
        {t('home.reference')}
      </Link>
    </>
  );
}
