import { PenLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import type { PictureSource } from '~/features/picture/usePictureSource';

const SketchPad = lazy(async () => ({ default: (await import('../sketch/SketchPad')).SketchPad }));

/** The way to a sheet of paper; what is drawn there becomes the picture of the page. */
export function DrawButton({ source, small = false }: { source: PictureSource; small?: boolean }) {
  const [drawing, setDrawing] = useState(false);
  return (
    <>
      <Button small={small} onClick={() => setDrawing(true)}>
        <PenLine size={16} aria-hidden />
        {t('sketch.draw')}
      </Button>
      <Suspense>{drawing && <SketchPad busy={source.uploading} onDone={(file) => source.take([file])} onClose={() => setDrawing(false)} />}</Suspense>
    </>
  );
}
