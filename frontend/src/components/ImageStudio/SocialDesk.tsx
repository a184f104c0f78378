import { Link2, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Asset, Job } from '~/api/types';
import { t } from '~/app/i18n';
import type { Run } from '~/features/jobs/run';
import { SourceRow } from '~/features/picture/parts/SourceRow';
import { relinked } from '~/features/social/aim';
import { linkedOf, without } from '~/features/social/form';
import { platformsOf } from '~/features/social/kit';
import { CropGrid } from '~/features/social/parts/CropGrid';
import { ExportBar } from '~/features/social/parts/ExportBar';
import { FocalStage } from '~/features/social/parts/FocalStage';
import { FocusNote } from '~/features/social/parts/FocusNote';
import { Settings } from '~/features/social/parts/Settings';
import { useExport } from '~/features/social/useExport';
import { useProxy } from '~/features/social/useProxy';
import { useSocialKeys } from '~/features/social/useSocialKeys';
import { ProblemBanner } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { Button } from './ui/Button';
import { GlassyCard } from './ui/GlassyCard';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

const FormatPicker = lazy(async () => ({ default: (await import('~/features/social/parts/FormatPicker')).FormatPicker }));
const FormatDialog = lazy(async () => ({ default: (await import('~/features/social/parts/FormatDialog')).FormatDialog }));

interface SocialDeskProps {
  asset: Asset;
  run: Run | undefined;
  onStarted: (job: Job) => void;
  onOther: () => void;
}

/** One picture on its way to the networks: the point, the shapes, the files. */
export function SocialDesk({ asset, run, onStarted, onOther }: SocialDeskProps) {
  const work = useExport({ asset, run, onStarted });
  const { form, aim, board, source, places, shelf } = work;
  const src = useProxy(asset);
  const [zones, setZones] = useState(false);
  const [picking, setPicking] = useState(false);
  const [looked, setLooked] = useState<string | null>(null);
  const name = asset.title || asset.prompt || asset.filename;
  const opened = looked === null ? undefined : shelf.places.get(looked);
  useSocialKeys({
    onZones: () => setZones(!zones),
    onLink: (key) => {
      const place = shelf.places.get(key);
      if (place) work.turn(relinked(aim, key, source, place));
    },
  });
  return (
    <div className="flex min-h-0 flex-1 gap-5 max-lg:flex-col max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      <GlassyCard aria-label={t('social.form')} className="scroll-quiet flex shrink-0 flex-col gap-4 p-4.5 lg:w-80 lg:overflow-y-auto">
        <div>
          <FocalStage
            board={board}
            aim={aim}
            src={src}
            alt={name}
            source={source}
            onBegin={work.begin}
            onSettle={(focus) => work.turn({ ...aim, mode: 'smart', focus })}
          />
          <FocusNote aim={aim} source={source} onAim={work.turn} />
        </div>
        <Settings form={form} aim={aim} zones={zones} refusal={work.refusal} onChange={work.change} onAim={work.turn} onZones={setZones} />
        <SourceRow asset={asset} onOther={onOther} />
      </GlassyCard>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {work.error && <ProblemBanner problem={work.error} />}
        {shelf.error && <ProblemBanner problem={shelf.error} />}
        {run && <RunBanner job={run.job} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-second text-muted tabular-nums">{t('social.onNetworks', { sizes: t('social.sizes', { count: places.length }), networks: t('social.networkCount', { count: platformsOf(form.formats).length }) })}</p>
          {Object.keys(aim.own).length > 0 && (
            <p className="flex items-center gap-1.5 text-second font-[560] tabular-nums">
              <Link2 size={15} aria-hidden />
              {t('social.linked', { count: linkedOf(form) })}
            </p>
          )}
          <Button className="ml-auto" onClick={() => setPicking(true)}>
            <Plus size={16} aria-hidden />
            {t('social.choose')}
          </Button>
        </div>
        <div className="scroll-quiet -m-1 min-h-0 flex-1 p-1 lg:overflow-y-auto">
          {shelf.pending && places.length === 0 ? <LoadingSkeleton className="h-80" /> : <CropGrid work={work} src={src} zones={zones} onOpen={setLooked} />}
          {!shelf.pending && places.length === 0 && <Nothing onChoose={() => setPicking(true)} />}
        </div>
        <ExportBar
          form={form}
          quote={work.quote}
          sum={work.sum}
          job={work.job}
          busy={work.busy}
          onOutput={(output) => work.change({ output })}
          onStart={work.start}
          onCancel={work.cancel}
        />
      </div>
      <Suspense>
        {picking && <FormatPicker chosen={form.formats} onChange={(formats) => work.change({ formats })} onClose={() => setPicking(false)} />}
        {opened && (
          <FormatDialog
            place={opened}
            board={board}
            aim={aim}
            form={form}
            src={src}
            source={source}
            zones={zones}
            outcome={work.outcomes?.get(opened.key)}
            sources={shelf.sources}
            onBegin={work.begin}
            onAim={work.turn}
            onLeaveOut={() => {
              work.change(without(form, opened.key));
              setLooked(null);
            }}
            onClose={() => setLooked(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

function Nothing({ onChoose }: { onChoose: () => void }) {
  return (
    <div className="flex h-full min-h-60 flex-col items-center justify-center gap-3 rounded-panel border-2 border-dashed border-line p-6 text-center">
      <p className="max-w-[40ch] text-muted">{t('social.nothing')}</p>
      <Button look="ink" onClick={onChoose}>
        {t('social.choose')}
      </Button>
    </div>
  );
}
