import { Images, Upload, X } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { useAsset } from '~/features/library/queries';
import { nameOfAsset } from '~/lib/format';
import { useUploadOne } from '../usePictureSource';
import { FileButton } from './FileButton';

const PicturePicker = lazy(async () => ({ default: (await import('./PicturePicker')).PicturePicker }));

interface PictureFieldProps {
  label: string;
  note?: string;
  /** An asset's id; undefined for none. */
  value: string | undefined;
  error?: string | undefined;
  onChange: (assetId: string | undefined) => void;
}

/** A second picture of a form, such as a background: uploaded or taken from the library. */
export function PictureField({ label, note, value, error, onChange }: PictureFieldProps) {
  const id = useId();
  const [picking, setPicking] = useState(false);
  const { data: asset } = useAsset(value);
  const { take, uploading } = useUploadOne(onChange);
  return (
    <div role="group" aria-labelledby={id} aria-describedby={error ? `${id}-error` : undefined}>
      <p id={id} className="mb-2 text-second text-muted">
        {label}
      </p>
      {value && asset ? (
        <div className="flex items-center gap-3">
          <AssetPhoto asset={asset} className="size-13 shrink-0 rounded-control" />
          <span className="min-w-0 flex-1 truncate font-[560]">{nameOfAsset(asset)}</span>
          <IconButton label={t('picture.remove', { name: label })} onClick={() => onChange(undefined)} className="-mr-2">
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ) : (
        <div className="flex gap-2">
          <FileButton label={t('picture.uploadFor', { name: label })} small disabled={uploading} onFiles={take}>
            <Upload size={15} aria-hidden />
            {uploading ? t('picture.uploading') : t('picture.uploadShort')}
          </FileButton>
          <Button small onClick={() => setPicking(true)}>
            <Images size={15} aria-hidden />
            {t('picture.library')}
          </Button>
        </div>
      )}
      {note && !error && <p className="mt-1.5 text-caption text-muted">{note}</p>}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <Suspense>{picking && <PicturePicker onChoose={onChange} onClose={() => setPicking(false)} />}</Suspense>
    </div>
  );
}
