import { LayoutTemplate, X } from 'lucide-react';
import type { Template } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { TemplateThumb } from '~/features/templates/parts/TemplateThumb';

interface TemplateRowProps {
  template: Template | undefined;
  onPick: () => void;
  onClear: () => void;
}

/** The chosen template with its true shape, or the way to one. */
export function TemplateRow({ template, onPick, onClear }: TemplateRowProps) {
  if (!template) {
    return (
      <button
        type="button"
        onClick={onPick}
        className="quiet-control flex w-full items-center gap-3 rounded-control p-2.5 text-left transition duration-120 ease-studio hover:bg-raised"
      >
        <span className="flex size-9 items-center justify-center rounded-chip bg-sunken">
          <LayoutTemplate size={18} aria-hidden />
        </span>
        <span>
          <span className="block font-[580]">{t('create.template')}</span>
          <span className="block text-caption text-muted">{t('create.templateHint')}</span>
        </span>
      </button>
    );
  }
  const { width, height } = template.aspect_ratio;
  return (
    <div className="flex items-center gap-3">
      <span className="flex size-12 shrink-0 items-center justify-center">
        <TemplateThumb template={template} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-section font-[600]">{template.name}</p>
        <p className="truncate text-second text-muted tabular-nums">{t('size.pixels', { width, height })}</p>
      </div>
      <button type="button" onClick={onPick} className="text-second font-[560] text-accent hover:underline max-sm:min-h-11">
        {t('create.change')}
      </button>
      <IconButton label={t('create.templateClear')} onClick={onClear} className="-ml-1 -mr-2">
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
