import { useState } from 'react';
import type { Asset, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import { useSettled } from '~/lib/react';
import { GUIDES, strengthOf, type ControlForm, type GuideKind } from '../form';
import { GuideView } from './GuideView';

type Shown = 'result' | 'picture' | GuideKind;

interface StageProps {
  asset: Asset;
  name: string;
  result: Picture | undefined;
  form: ControlForm;
}

const stage = 'flex-1 max-lg:h-[50dvh] max-lg:flex-none';

/** The picture, what would be followed of it, or what became of it. */
export function Stage({ asset, name, result, form }: StageProps) {
  const [shown, setShown] = useState<Shown>(result ? 'result' : 'picture');
  const strength = useSettled(strengthOf(form, 'control_strength'), 300);
  const names: Record<Shown, string> = {
    result: t('control.result'),
    picture: t('control.picture'),
    edges: t('control.edges'),
    line_art: t('control.lineArt'),
    structure: t('control.structure'),
  };
  const kinds: Shown[] = [...(result ? (['result'] as const) : []), 'picture', ...GUIDES];
  return (
    <>
      <div className="max-w-130">
        <Segmented label={t('control.shown')} value={shown} options={kinds.map((value) => ({ value, text: names[value] }))} onChange={setShown} />
      </div>
      {shown === 'result' && result && <BeforeAfter before={asset.file_url} after={result.url} alt={name} size={result} className={stage} />}
      {shown === 'picture' && (
        <PictureStage src={asset.file_url} alt={name} size={{ width: asset.width ?? 1, height: asset.height ?? 1 }} className={stage} />
      )}
      {(shown === 'edges' || shown === 'line_art' || shown === 'structure') && (
        <GuideView key={shown} asset={asset} kind={shown} strength={strength} className={stage} />
      )}
    </>
  );
}
