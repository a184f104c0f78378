import { useNavigate, useSearch } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { usePictureSource } from '~/features/picture/usePictureSource';
import { EditImageUploader } from './EditImageUploader';
import { PageHeader } from './PageHeader';
import { ProblemBanner } from './ProblemBanner';

/** One picture, and everything that can be changed in it. */
export function EditStudio() {
  const { asset: assetId } = useSearch({ from: '/studio/edit' });
  const navigate = useNavigate();
  const source = usePictureSource({ assetId, onChoose: (id) => void navigate({ to: '/edit', search: { asset: id } }) });
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader title={t('place.edit')} />
      {source.problem !== null && <ProblemBanner problem={source.problem} />}
      {!source.asset && !source.pending && <EditImageUploader source={source} />}
    </div>
  );
}
