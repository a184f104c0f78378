import { Upload } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { starterArt } from '~/features/create/parts/starters';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { FailedTile } from '../ui/FailedTile';
import { LoadingSkeleton } from '../ui/LoadingSkeleton';
import { Photo } from '../ui/Photo';

/** A ThumbHash of a sunset, and one of a cut-out. */
const SUNSET = '3OcRJYB4d3h/iIeHeEh3eIhw+j2w';
const tile = 'aspect-4/3 min-w-0';

export function Partial() {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Photo src={starterArt.harbour} alt={t('results.picture', { number: 1 })} width={320} height={240} className={`${tile} rounded-card`} />
      <Photo src={starterArt.topography} alt={t('results.picture', { number: 2 })} width={320} height={240} className={`${tile} rounded-card`} />
      <div className="min-h-52">
        <FailedTile title={t('dev.memory')} reason={t('dev.memoryNote')} action={<Button className="px-3">{t('action.retry')}</Button>} />
      </div>
      <div className="min-h-52">
        <FailedTile title={t('problem.unknown')} reason={t('dev.memoryNote')} action={<Button className="px-3">{t('trouble.retryLocal')}</Button>} />
      </div>
    </div>
  );
}

export function Loading() {
  const [now] = useState(Date.now);
  return (
    <div className="grid grid-cols-3 gap-3">
      <LoadingSkeleton className="aspect-square" />
      <LoadingSkeleton className="aspect-square" words={t('dev.painting')} since={now - 2000} />
      <LoadingSkeleton className="aspect-square" words={t('dev.painting')} since={now - 12_000} />
    </div>
  );
}

export function Photos() {
  return (
    <div className="grid grid-cols-3 gap-3">
      <Photo src="data:," alt={t('dev.painting')} width={320} height={320} thumbhash={SUNSET} className="aspect-square rounded-card" />
      <Photo src={starterArt.pattern} alt={t('starter.pattern')} width={320} height={320} className="aspect-square rounded-card" />
      <div className="checkerboard aspect-square rounded-card" />
    </div>
  );
}

export function Empty() {
  const pictures = [
    { src: starterArt.harbour, alt: t('starter.harbour'), onTake: () => {} },
    { src: starterArt.topography, alt: t('starter.topography'), onTake: () => {} },
    { src: starterArt.pattern, alt: t('starter.pattern'), onTake: () => {} },
  ];
  return (
    <EmptyState title={t('library.empty')} pictures={pictures}>
      <Button look="ink">{t('library.make')}</Button>
      <Button>
        <Upload size={16} aria-hidden />
        {t('library.upload')}
      </Button>
    </EmptyState>
  );
}
