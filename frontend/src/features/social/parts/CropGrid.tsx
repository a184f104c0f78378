import { useRef, useState } from 'react';
import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import { useExtent, useWide } from '~/lib/react';
import { fitting } from '../rows';
import type { Place } from '../kit';
import { needsOf } from '../needs';
import type { useExport } from '../useExport';
import { CropCard } from './CropCard';
import { Glyph } from './Glyph';

interface CropGridProps {
  work: ReturnType<typeof useExport>;
  src: string;
  zones: boolean;
  onOpen: (key: string) => void;
}

const GAP = 14;
/** What stands below a frame, and between rows. */
const BELOW = 60;
const LANE = { height: 208, width: 300 };

/** All formats as they will come out: rows by shape on a desk, one lane to swipe through on a phone. */
export function CropGrid(props: CropGridProps) {
  return useWide() ? <Rows {...props} /> : <Lane {...props} />;
}

function Rows({ work, ...rest }: CropGridProps) {
  const room = useRef<HTMLDivElement>(null);
  const { width, height: high } = useExtent(room);
  const shaped = work.places.map((place) => ({ place, ratio: place.shapeRatio }));
  const rows = fitting(shaped, { width: width - 4, height: high }, { gap: GAP, below: BELOW });
  return (
    <div ref={room} className="scroll-quiet -m-1 min-h-0 flex-1 overflow-y-auto p-1">
      <ul aria-label={t('social.formats')} className="flex flex-wrap gap-x-3.5 gap-y-4">
        {rows.flatMap(({ items, height, last }) =>
          items.map(({ place }, index) => (
            // The last of a row takes what is left of it, so that the next row begins below.
            <li key={place.key} data-format={place.key} style={index === items.length - 1 ? { width: last } : undefined}>
              <Card work={work} place={place} height={height} {...rest} />
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function Lane({ work, ...rest }: CropGridProps) {
  const [platform, setPlatform] = useState<string | null>(null);
  const names = new Map(work.places.map((place) => [place.platform, place.platformName]));
  const shown = work.places.filter((place) => platform === null || !names.has(platform) || place.platform === platform);
  return (
    <>
      <div role="group" aria-label={t('social.networks')} className="-mx-4.5 flex gap-2 overflow-x-auto px-4.5 py-1 [scrollbar-width:none]">
        {[[null, t('templates.all')] as const, ...names].map(([key, name]) => (
          <button
            key={key ?? ''}
            type="button"
            aria-pressed={platform === key}
            onClick={() => setPlatform(key)}
            className={clsx('flex h-11 shrink-0 items-center gap-2 rounded-control px-3.5 font-[550]', platform === key ? 'bg-ink text-on-ink' : 'bg-sunken')}
          >
            {key && <Glyph platform={key} size={16} />}
            {name}
            {work.places.some((place) => place.platform === key && isTroubled(work, place)) && <span role="img" aria-label={t('social.needsCheck')} className="size-1.5 rounded-full bg-warn" />}
          </button>
        ))}
      </div>
      <ul aria-label={t('social.formats')} className="-mx-4.5 flex gap-3 overflow-x-auto px-4.5 pt-2 pb-3 [scrollbar-width:none]">
        {shown.map((place) => (
          <li key={place.key} data-format={place.key} className="shrink-0">
            <Card work={work} place={place} height={Math.min(LANE.height, LANE.width / place.shapeRatio)} {...rest} />
          </li>
        ))}
      </ul>
    </>
  );
}

const isTroubled = ({ outcomes, aim, source }: CropGridProps['work'], place: Place) => needsOf({ places: [place], outcomes, aim, source }).some(({ kind }) => kind !== 'enlarged');

interface CardProps extends CropGridProps {
  place: Place;
  height: number;
}

function Card({ work, place, height, onOpen, ...rest }: CardProps) {
  return (
    <CropCard
      place={place}
      height={height}
      board={work.board}
      aim={work.aim}
      form={work.form}
      source={work.source}
      outcome={work.outcomes?.get(place.key)}
      sample={work.samples?.get(place.key)}
      onBegin={work.begin}
      onAim={work.turn}
      onOpen={() => onOpen(place.key)}
      {...rest}
    />
  );
}
