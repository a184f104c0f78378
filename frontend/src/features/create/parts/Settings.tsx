import type { Estimate, Template } from '~/api/types';
import { t } from '~/app/i18n';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { ShapeGlyph } from '~/components/ImageStudio/ui/ShapeGlyph';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { MOST_PICTURES, ratioOfShape, SHAPES, type CreateForm, type Shape } from '../form';
import { Advanced } from './Advanced';
import { EnginePicker } from '~/components/ImageStudio/EnginePicker';
import { PersonaRow } from './PersonaRow';
import { StylePicker } from './StylePicker';
import { TemplateRow } from './TemplateRow';

export interface SettingsProps {
  form: CreateForm;
  template: Template | undefined;
  estimate: Estimate | undefined;
  onChange: (part: Partial<CreateForm>) => void;
  onPickTemplate: () => void;
}

/** Everything of the form but the prompt: the panel's middle, or the sheet on a phone. */
export function Settings({ form, template, estimate, onChange, onPickTemplate }: SettingsProps) {
  return (
    <div className="flex flex-col gap-4">
      <TemplateRow template={template} onPick={onPickTemplate} onClear={() => onChange({ templateId: null })} />
      <StylePicker value={form.style} onChange={(style) => onChange({ style })} />
      {!template && <ShapePicker value={form.shape} onChange={(shape) => onChange({ shape })} />}
      <Slider
        label={t('create.pictures')}
        value={form.pictures}
        min={1}
        max={MOST_PICTURES}
        onChange={(pictures) => onChange({ pictures })}
      />
      <EnginePicker value={form.engine} estimate={estimate} onChange={(engine) => onChange({ engine })} />
      <PersonaRow value={form.personaId} onChange={(personaId) => onChange({ personaId })} />
      <Advanced form={form} estimate={estimate} onChange={onChange} />
    </div>
  );
}

function ShapePicker({ value, onChange }: { value: Shape; onChange: (shape: Shape) => void }) {
  return (
    <div>
      <div className="mb-2 flex justify-between text-second">
        <span className="text-muted">{t('create.shape')}</span>
        <span className="font-[620] tabular-nums">{value}</span>
      </div>
      <Segmented
        label={t('create.shape')}
        value={value}
        options={SHAPES.map((shape) => ({
          value: shape,
          text: shape === '3:1' ? t('create.wide') : shape,
          icon: <ShapeGlyph ratio={ratioOfShape(shape)} />,
        }))}
        onChange={onChange}
      />
    </div>
  );
}
