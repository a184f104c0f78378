import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { AsyncStatusBanner } from '~/components/ImageStudio/ui/AsyncStatusBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { clock } from '~/lib/format';
import { useNow } from '~/lib/react';
import { AbovePage } from '../above';
import { usePause, type Pause } from '../pause';

/** A pause that is being sat out: when it is over, and the ways not to wait. */
export function PauseBanner() {
  const pause = usePause();
  if (!pause) return null;
  return (
    <AbovePage rank="pause">
      <Waiting pause={pause} />
    </AbovePage>
  );
}

export function Waiting({ pause: { problem, until, local, take } }: { pause: Pause }) {
  const left = Math.ceil(Math.max(0, until - useNow(true)) / 1000);
  const ways = local ? <Button onClick={() => take('local')}>{t('engine.useLocal')}</Button> : <Button onClick={() => take('stop')}>{t('trouble.dontWait')}</Button>;
  return (
    <AsyncStatusBanner tone="pause" title={titleOf(problem)} action={ways}>
      {/* Only the words are read out; a number each second would drown everything else. */}
      <p>
        <span className="sr-only">{t('trouble.byItself')}</span>
        <span aria-hidden className="tabular-nums">
          {t('trouble.goesOn', { time: clock(left) })}
        </span>
      </p>
    </AsyncStatusBanner>
  );
}
