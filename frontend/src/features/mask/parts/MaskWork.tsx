import { useSyncExternalStore } from 'react';
import { t } from '~/app/i18n';
import { Progress } from '~/components/ImageStudio/ui/Progress';
import type { MaskEngine } from '../engine/engine';

/** How far a change of the whole mask is; what is done in a moment is not worth a word. */
export function MaskWork({ engine }: { engine: MaskEngine }) {
  const share = useSyncExternalStore(engine.listen, () => engine.busy);
  if (share === null) return null;
  return (
    <div data-over className="over w-52 animate-appear rounded-control px-3.5 pt-2 pb-3 shadow-panel [animation-delay:400ms] [animation-fill-mode:backwards]">
      <p className="text-second font-[560]">{t('mask.changing')}</p>
      <Progress value={share} label={t('mask.changing')} />
    </div>
  );
}
