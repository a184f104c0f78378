import { t } from '~/app/i18n';
import { PictureStart } from '~/features/picture/parts/PictureStart';
import type { PictureSource } from '~/features/picture/usePictureSource';

/** Edit without a picture: where one comes from. */
export function EditImageUploader({ source }: { source: PictureSource }) {
  return <PictureStart source={source} title={t('edit.start')} note={t('edit.startNote')} />;
}
