import { useState, type ReactNode } from 'react';
import type { Asset, Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { BeforeAfter } from '~/features/picture/parts/BeforeAfter';
import { PictureStage } from '~/features/picture/parts/PictureStage';
import { useSettled } from '~/lib/react';
import { GUIDES, strengthOf, type ControlForm, type GuideKind } from '../form';
import { GuideView } from './GuideView';

type Shown = 'sketch' | 'result' | 'picture' | GuideKind;

interface StageProps {
  asset: Asset;
  name: string;
  result: Picture | undefined;
  form: ControlForm;
  /** The sheet, while somebody draws. */
  sheet: ReactNode;
  onDraw: (drawing: boolean) => void;
}

const stage = 'flex-1 max-lg:h-[50dvh] max-lg:flex-none';

/** The picture, what would be followed of it, or what became of it. */
export function Stage({ asset, name, result, form, sheet, onDraw }: StageProps) {
  const [shown, setShown] = useState<Shown>(result ? 'result' : 'picture');
  const strength = useSettled(strengthOf(form, 'control_strength'), 300);
  const names: Record<Shown, string> = {
    sketch: t('sketch.tab'),
    result: t('control.result'),
    picture: t('control.picture'),
    edges: t('control.edges'),
    line_art: t('control.lineArt'),
    structure: t('control.structure'),
  };
  const kinds: Shown[] = ['sketch', ...(result ? (['result'] as const) : []), 'picture', ...GUIDES];
  const seen = sheet ? 'sketch' : shown;
  const look = (next: Shown) => {
    onDraw(next === 'sketch');
    if (next !== 'sketch') setShown(next);
  };
  return (
    <>
      <div className="max-w-150">
        <Segmented label={t('control.shown')} value={seen} options={kinds.map((value) => ({ value, text: names[value] }))} onChange={look} />
      </div>
      {sheet}
      {seen === 'result' && result && <BeforeAfter before={asset.file_url} after={result.url} alt={name} size={result} className={stage} />}
      {seen === 'picture' && (
        <PictureStage src={asset.file_url} alt={name} size={{ width: asset.width ?? 1, height: asset.height ?? 1 }} className={stage} />
      )}
      {(seen === 'edges' || seen === 'line_art' || seen === 'structure') && (
        <GuideView key={seen} asset={asset} kind={seen} strength={strength} className={stage} />
      )}
    </>
  );
}
