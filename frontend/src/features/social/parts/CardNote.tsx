import { Check, CircleAlert, Scaling, TriangleAlert } from 'lucide-react';
import { t } from '~/app/i18n';
import { bytes } from '~/lib/format';
import type { Aim } from '../aim';
import { concernOf, type Concern } from '../concerns';
import type { Extent } from '../crop';
import { enlargement } from '../enlargement';
import type { Place } from '../kit';
import { brokenOf, type Outcome } from '../results';
import { Glyph } from './Glyph';

interface CardNoteProps {
  place: Place;
  aim: Aim;
  source: Extent;
  outcome: Outcome | undefined;
}

/** What stands below a frame: where it goes, how large, and whether all is well with it. */
export function CardNote({ place, aim, source, outcome }: CardNoteProps) {
  const { width, height, platform, platformName, name } = place;
  const result = outcome?.state === 'ready' ? outcome.result : undefined;
  const size = t('size.pixels', { width, height });
  return (
    <div className="mt-1.5 min-w-0 px-0.5 text-second">
      <p className="flex min-w-0 items-center gap-1.5 font-[600]">
        <span title={platformName} className="flex">
          <Glyph platform={platform} />
        </span>
        <span className="truncate" title={`${platformName}: ${name}`}>
          {name}
        </span>
        <Verdict outcome={outcome} factor={enlargement(place, aim, source)} concern={result ? null : concernOf(aim, place, source)} />
      </p>
      <p className="truncate pl-5.5 text-caption text-muted tabular-nums">{result ? `${size}, ${bytes(result.bytes)}` : size}</p>
    </div>
  );
}

const CONCERNS = { cut: 'social.concern.cut', lost: 'social.concern.lost', covered: 'social.concern.covered' } as const;
const worried = 'ml-auto flex shrink-0 items-center gap-1 text-caption text-warn';

function Verdict({ outcome, factor, concern }: { outcome: Outcome | undefined; factor: number; concern: Concern | null }) {
  if (outcome?.state === 'failed') return <CircleAlert size={15} aria-label={t('social.failed')} role="img" className="ml-auto shrink-0 text-danger" />;
  if (outcome?.state === 'ready' && outcome.result) {
    const broken = brokenOf(outcome.result);
    if (broken.length === 0) return <Check size={15} role="img" aria-label={t('social.sound')} className="ml-auto shrink-0 text-ok" />;
    return (
      <span className={worried}>
        <TriangleAlert size={14} aria-hidden />
        {t('social.toCheck', { count: broken.length })}
      </span>
    );
  }
  if (concern) return <span className={worried}>{t(CONCERNS[concern])}</span>;
  if (factor <= 1.05) return null;
  return (
    <span role="img" aria-label={t('social.enlarged', { factor: factor.toFixed(1) })} title={t('social.enlargedHint')} className={`${worried} tabular-nums`}>
      <Scaling size={13} aria-hidden />
      {factor.toFixed(1)}×
    </span>
  );
}
