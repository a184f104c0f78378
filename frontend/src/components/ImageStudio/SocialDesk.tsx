import { ChevronsUpDown, FileCheck2, Link2, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { asProblem } from '~/api/errors';
import type { Asset, Job } from '~/api/types';
import { t } from '~/app/i18n';
import type { Run } from '~/features/jobs/run';
import { relinked } from '~/features/social/aim';
import { linkedOf, without } from '~/features/social/form';
import { platformsOf } from '~/features/social/kit';
import { needsOf } from '~/features/social/needs';
import { CropGrid } from '~/features/social/parts/CropGrid';
import { ExportBar } from '~/features/social/parts/ExportBar';
import { FocalStage } from '~/features/social/parts/FocalStage';
import { FocusNote } from '~/features/social/parts/FocusNote';
import { NeedsYou } from '~/features/social/parts/NeedsYou';
import { Settings } from '~/features/social/parts/Settings';
import { useZip } from '~/features/social/queries';
import { useExport } from '~/features/social/useExport';
import { useProxy } from '~/features/social/useProxy';
import { useSocialKeys } from '~/features/social/useSocialKeys';
import { say } from '~/features/toasts/store';
import { useWide } from '~/lib/react';
import { ProblemBanner, titleOf } from './ProblemBanner';
import { RunBanner } from './RunBanner';
import { Button, IconButton } from './ui/Button';
import { GlassyCard } from './ui/GlassyCard';
import { LoadingSkeleton } from './ui/LoadingSkeleton';

const ExportSets = lazy(async () => ({ default: (await import('~/features/social/parts/ExportSets')).ExportSets }));
const CheckFile = lazy(async () => ({ default: (await import('~/features/social/parts/CheckFile')).CheckFile }));
const FormatPicker = lazy(async () => ({ default: (await import('~/features/social/parts/FormatPicker')).FormatPicker }));
const FormatDialog = lazy(async () => ({ default: (await import('~/features/social/parts/FormatDialog')).FormatDialog }));

/** The layer file that a design of the studio has. */
const DESIGN = 'composition.json';

const panel = 'scroll-quiet flex shrink-0 flex-col gap-4 p-4.5 *:shrink-0';

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
  const wide = useWide();
  const [zones, setZones] = useState(false);
  const [picking, setPicking] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const [checking, setChecking] = useState(false);
  // The set that the formats came from, until others are chosen.
  const [kit, setKit] = useState<string | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const zip = useZip();
  const name = asset.title || asset.prompt || asset.filename;
  const opened = looked === null ? undefined : shelf.places.get(looked);
  useSocialKeys({
    onZones: () => setZones(!zones),
    onLink: (key) => {
      const place = shelf.places.get(key);
      if (place) work.turn(relinked(aim, key, source, place));
    },
  });
  const pack = (jobId: string) =>
    zip.mutate({ jobId, name: `${name.slice(0, 60)}.zip` }, { onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }) });
  const designed = asset.files.some((file) => file.name === DESIGN);
  const fileName = work.names[form.formats[0] ?? ''];
  const stage = (
    <div>
      <FocalStage
        board={board}
        aim={aim}
        src={src}
        alt={name}
        source={source}
        onBegin={work.begin}
        onSettle={(focus) => work.turn({ ...aim, mode: 'smart', focus })}
        onOther={onOther}
      />
      <FocusNote aim={aim} source={source} designed={designed && (aim.mode === 'smart' || aim.mode === 'extend') && !aim.focus && Object.keys(aim.own).length === 0} looking={work.looking} onAim={work.turn} />
    </div>
  );
  const needs = needsOf({ places, aim, source, outcomes: work.outcomes });
  const worry = needs.length > 0 && <NeedsYou needs={needs} work={work} picture={asset.id} onShow={setLooked} onAlt={() => reach('alt')} />;
  const settings = <Settings form={form} name={fileName} aim={aim} zones={zones} refusal={work.refusal} onChange={work.change} onAim={work.turn} onZones={setZones} />;
  return (
    <div className="flex min-h-0 flex-1 gap-5 max-lg:flex-col max-lg:gap-3 max-sm:px-4.5 max-sm:pb-28 lg:pb-3">
      {wide ? (
        <div className="flex min-h-0 w-80 shrink-0 flex-col gap-3">
          <GlassyCard aria-label={t('social.form')} className={`${panel} min-h-0 flex-1 overflow-y-auto`}>
            {stage}
            {settings}
          </GlassyCard>
          {worry}
        </div>
      ) : (
        stage
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {work.error && <ProblemBanner problem={work.error} />}
        {shelf.error && <ProblemBanner problem={shelf.error} />}
        {run && <RunBanner job={run.job} onAgain={work.start} />}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button onClick={() => setKeeping(true)}>
            {kit ?? t('social.sets')}
            <ChevronsUpDown size={15} aria-hidden />
          </Button>
          <p className="text-second text-muted tabular-nums max-sm:order-last max-sm:flex-1">{t('social.onNetworks', { sizes: t('social.sizes', { count: places.length }), networks: t('social.networkCount', { count: platformsOf(form.formats).length }) })}</p>
          {Object.keys(aim.own).length > 0 && (
            <p className="flex items-center gap-1.5 text-second font-[560] tabular-nums sm:ml-auto">
              <Link2 size={15} aria-hidden />
              {t('social.linked', { count: linkedOf(form) })}
            </p>
          )}
          <IconButton label={t('check.title')} className={`max-sm:order-last ${Object.keys(aim.own).length > 0 ? '' : 'ml-auto'}`} onClick={() => setChecking(true)}>
            <FileCheck2 size={17} aria-hidden />
          </IconButton>
          <Button className="max-sm:ml-auto" onClick={() => setPicking(true)}>
            <Plus size={16} aria-hidden />
            {t('social.choose')}
          </Button>
        </div>
        {places.length > 0 && <CropGrid work={work} src={src} zones={zones} onOpen={setLooked} />}
        {places.length === 0 && (shelf.pending ? <LoadingSkeleton className="min-h-60 flex-1" /> : <Nothing onChoose={() => setPicking(true)} />)}
        {!wide && (
          <GlassyCard aria-label={t('social.form')} className={panel}>
            {settings}
          </GlassyCard>
        )}
        {!wide && worry}
        <ExportBar
          form={form}
          name={fileName}
          quote={work.quote}
          sum={work.sum}
          job={work.job}
          busy={work.busy}
          zipping={zip.isPending}
          onOutput={(output) => work.change({ output })}
          onName={() => reach('pattern')}
          onStart={work.start}
          onCancel={work.cancel}
          onZip={work.done && run ? () => pack(run.job.id) : undefined}
        />
      </div>
      <Suspense>
        {picking && <FormatPicker chosen={form.formats} onChange={(formats) => {
              setKit(null);
              work.change({ formats });
            }} onClose={() => setPicking(false)} />}
        {keeping && <ExportSets
            form={form}
            onChange={(next, kept) => {
              setKit(kept);
              work.change(next);
            }}
            onClose={() => setKeeping(false)}
          />}
        {checking && <CheckFile first={opened ?? places[0]} onClose={() => setChecking(false)} />}
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
            sample={work.samples?.get(opened.key)}
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

/** Puts the cursor into a field of the settings, unfolding what hides it. */
function reach(name: 'alt' | 'pattern') {
  const field = document.querySelector<HTMLInputElement>(`input[name=${name}]`);
  const fold = field?.closest('details');
  if (fold) fold.open = true;
  field?.focus();
}

function Nothing({ onChoose }: { onChoose: () => void }) {
  return (
    <div className="flex min-h-60 flex-1 flex-col items-center justify-center gap-3 rounded-panel border-2 border-dashed border-line p-6 text-center">
      <p className="max-w-[40ch] text-muted">{t('social.nothing')}</p>
      <Button look="ink" onClick={onChoose}>
        {t('social.choose')}
      </Button>
    </div>
  );
}
