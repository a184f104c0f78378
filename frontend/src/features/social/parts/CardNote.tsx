import { Check, CircleAlert, Scaling, TriangleAlert } from 'lucide-react';
import { t } from '~/app/i18n';
import { bytes } from '~/lib/format';
import { cuts, windowFor, type Aim } from '../aim';
import type { Extent } from '../crop';
import type { Place } from '../kit';
import { brokenOf, type Outcome } from '../results';

interface CardNoteProps {
  place: Place;
  aim: Aim;
  source: Extent;
  outcome: Outcome | undefined;
}

/** How many times larger a file is than the pixels it is made of; 1 where none has to be invented. */
export function enlargement(place: Place, aim: Aim, source: Extent): number {
  const { width } = cuts(aim.mode) ? windowFor(aim, place.key, source, place) : source;
  const factor = cuts(aim.mode) ? place.width / width : Math.min(place.width / source.width, place.height / source.height);
  return Math.max(1, factor);
}

/** What stands below a frame: whose it is, how large, and whether all is well with it. */
export function CardNote({ place, aim, source, outcome }: CardNoteProps) {
  const { width, height, platformName, name } = place;
  const result = outcome?.state === 'ready' ? outcome.result : undefined;
  const size = t('size.pixels', { width, height });
  return (
    <div className="mt-1.5 min-w-0 px-0.5">
      <p className="flex min-w-0 items-center gap-1.5 text-second font-[600]">
        <span className="truncate">{platformName}</span>
        <Verdict outcome={outcome} factor={enlargement(place, aim, source)} />
      </p>
      <p className="truncate text-caption text-muted tabular-nums" title={name}>
        {name}
      </p>
      <p className="truncate text-caption text-muted tabular-nums">{result ? `${size}, ${bytes(result.bytes)}` : size}</p>
    </div>
  );
}

function Verdict({ outcome, factor }: { outcome: Outcome | undefined; factor: number }) {
  if (outcome?.state === 'failed') return <CircleAlert size={15} aria-label={t('social.failed')} role="img" className="ml-auto shrink-0 text-danger" />;
  if (outcome?.state === 'ready' && outcome.result) {
    const broken = brokenOf(outcome.result);
    if (broken.length === 0) return <Check size={15} role="img" aria-label={t('social.sound')} className="ml-auto shrink-0 text-ok" />;
    return (
      <span className="ml-auto flex shrink-0 items-center gap-1 text-caption text-warn">
        <TriangleAlert size={14} aria-hidden />
        {t('social.toCheck', { count: broken.length })}
      </span>
    );
  }
  if (factor <= 1.05) return null;
  return (
    <span role="img" aria-label={t('social.enlarged', { factor: factor.toFixed(1) })} title={t('social.enlargedHint')} className="ml-auto flex shrink-0 items-center gap-1 text-caption font-[500] text-warn tabular-nums">
      <Scaling size={13} aria-hidden />
      {factor.toFixed(1)}×
    </span>
  );
}
