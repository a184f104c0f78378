import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Asset, ControlOperation } from '~/api/types';
import { t } from '~/app/i18n';
import { Field, FieldError, fieldSkin } from '~/components/ImageStudio/ui/Field';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { PictureField } from '~/features/picture/parts/PictureField';
import { SourceRow } from '~/features/picture/parts/SourceRow';
import { StudioPanel } from '~/features/picture/parts/StudioPanel';
import { isNamed, SHAPES, strengthOf, type ControlForm } from '../form';
import { Closeness } from './Closeness';
import { Operations } from './Operations';
import { Strengths } from './Strengths';
import { Styles } from './Styles';

interface PanelProps {
  asset: Asset;
  operations: Record<string, ControlOperation>;
  operation: string;
  row: ControlOperation;
  form: ControlForm;
  refusal: (field: string) => string | undefined;
  button: ReactNode;
  /** The way to a picture of one's own hand. */
  draw: ReactNode;
  onOperation: (operation: string) => void;
  onChange: (part: Partial<ControlForm>) => void;
  onOther: () => void;
}

/** The form of one operation: its fields, and no others. */
export function Panel({ asset, operations, operation, row, form, refusal, button, draw, onOperation, onChange, onOther }: PanelProps) {
  const { fields, required } = row;
  const named = isNamed(row);
  const asksWords = fields.prompt && !named;
  const optional = (asksWords && !required.includes('prompt')) || (fields.negative_prompt && !named);
  return (
    <StudioPanel label={t('control.form')} button={button}>
      <SourceRow asset={asset} onOther={onOther} />
      <Operations operations={operations} value={operation} onChange={onOperation} />
      {operation === 'sketch' && <div>{draw}</div>}
      {asksWords && required.includes('prompt') && (
        <Words value={form.prompt} error={refusal('prompt')} onChange={(prompt) => onChange({ prompt })} />
      )}
      {named && <Styles styles={row.styles ?? []} chosen={form.styles} onChange={(styles) => onChange({ styles })} />}
      {named && refusal('prompt') && <FieldError id="styles-error">{refusal('prompt') ?? ''}</FieldError>}
      {fields.style_image && (
        <PictureField
          label={t('control.styleImage')}
          note={t('control.styleImageNote')}
          value={form.styleImage}
          error={refusal('style_image_asset_id') ?? refusal('style_image_base64')}
          onChange={(styleImage) => onChange({ styleImage })}
        />
      )}
      {fields.control_strength && (
        <Closeness
          picture={asset.id}
          kind={operation === 'structure' ? 'structure' : 'line_art'}
          value={strengthOf(form, 'control_strength')}
          onChange={(value) => onChange({ strengths: { ...form.strengths, control_strength: value } })}
        />
      )}
      <Strengths row={row} form={form} onChange={onChange} />
      {fields.aspect_ratio && !named && <Shape value={form.shape} onChange={(shape) => onChange({ shape })} />}
      {optional && (
        <details className="group">
          <summary className="flex h-9 list-none items-center gap-2 rounded-chip max-sm:h-11">
            <ChevronRight size={16} aria-hidden className="transition duration-120 group-open:rotate-90" />
            <span className="font-[580]">{t('create.more')}</span>
            <span className="truncate text-second text-muted">{t('control.moreNote')}</span>
          </summary>
          <div className="flex flex-col gap-4 pt-3">
            {asksWords && !required.includes('prompt') && (
              <Words value={form.prompt} error={refusal('prompt')} onChange={(prompt) => onChange({ prompt })} />
            )}
            {fields.negative_prompt && (
              <Field
                label={t('create.negative')}
                placeholder={t('create.negativeHint')}
                value={form.negative}
                error={refusal('negative_prompt')}
                onChange={({ target }) => onChange({ negative: target.value })}
              />
            )}
          </div>
        </details>
      )}
    </StudioPanel>
  );
}

function Words({ value, error, onChange }: { value: string; error: string | undefined; onChange: (value: string) => void }) {
  return (
    <div>
      <textarea
        aria-label={t('control.words')}
        aria-invalid={error !== undefined}
        placeholder={t('control.words')}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${fieldSkin} field-sizing-content block min-h-22 resize-none py-2.5 ${error ? 'border-danger' : 'border-line-strong'}`}
      />
      {error && <FieldError id="words-error">{error}</FieldError>}
    </div>
  );
}

function Shape({ value, onChange }: { value: string; onChange: (shape: string) => void }) {
  const options = [{ value: 'own', text: t('control.ownShape') }, ...SHAPES.map((shape) => ({ value: shape as string, text: shape as string }))];
  return (
    <div>
      <p className="mb-2 text-second text-muted">{t('create.shape')}</p>
      <Segmented label={t('create.shape')} value={value || 'own'} options={options} onChange={(shape) => onChange(shape === 'own' ? '' : shape)} />
    </div>
  );
}
