import { Link } from '@tanstack/react-router';
import { Download, Images, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FormatsAnswer, SocialResult } from '~/api/types';
import { t } from '~/app/i18n';
import { Button, buttonLook } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { Slider } from '~/components/ImageStudio/ui/Slider';
import { bytes } from '~/lib/format';
import { CLOSEST, cuts, windowFor, withOwn } from '../aim';
import { focusOf } from '../crop';
import { enlargement } from '../enlargement';
import { CropCard, type CropCardProps } from './CropCard';
import { CheckList, Rules } from './RuleList';

interface FormatDialogProps extends Omit<CropCardProps, 'height' | 'onOpen'> {
  sources: FormatsAnswer['sources'];
  onLeaveOut: () => void;
  onClose: () => void;
}

const ROOM = { width: 440, height: 400 };

/** One format from close by: its crop, what the network asks for, and how the file did. */
export function FormatDialog({ sources, onLeaveOut, onClose, ...card }: FormatDialogProps) {
  const { place, aim, source, outcome } = card;
  const result = outcome?.state === 'ready' ? outcome.result : undefined;
  const wide = Math.min(ROOM.width, globalThis.innerWidth - 72);
  const factor = enlargement(place, aim, source);
  return (
    <Dialog title={`${place.platformName}: ${place.name}`} open onClose={onClose} wide>
      <div className="scroll-quiet grid gap-6 overflow-y-auto px-5 pb-5 md:grid-cols-[minmax(0,460px)_minmax(0,1fr)] lg:grid-cols-[460px_1fr]">
        <div className="flex min-w-0 flex-col items-center gap-3">
          <CropCard {...card} height={Math.min(ROOM.height, wide / place.shapeRatio)} onOpen={onClose} />
          {cuts(aim.mode) && <Closer {...card} />}
          <div className="flex flex-wrap justify-center gap-2">
            {result && <Ways result={result} />}
            <Button look="danger" onClick={onLeaveOut}>
              <Trash2 size={16} aria-hidden />
              {t('social.leaveOut')}
            </Button>
          </div>
        </div>
        <div className="min-w-0">
          {factor > 1.05 && !result && <p className="mb-3 rounded-chip bg-warn-soft px-3 py-2 text-second text-warn">{t('social.enlargedNote', { factor: factor.toFixed(1) })}</p>}
          {outcome?.state === 'failed' && <p role="alert" className="mb-3 rounded-chip bg-danger-soft px-3 py-2 text-danger">{outcome.problem.detail || outcome.problem.title}</p>}
          {result && <Facts result={result} />}
          <Section title={result ? t('social.checks', { kept: result.checks.filter(({ ok }) => ok).length, count: result.checks.length }) : t('social.rules')}>
            {result ? <CheckList checks={result.checks} /> : <Rules place={place} sources={sources} />}
          </Section>
          {place.note && <p className="mt-2 text-second text-muted">{place.note}</p>}
        </div>
      </div>
    </Dialog>
  );
}

/** How close this one format is; further than all others makes it go its own way. */
function Closer({ place, aim, source, onBegin, onAim }: Pick<CropCardProps, 'place' | 'aim' | 'source' | 'onBegin' | 'onAim'>) {
  const zoom = aim.own[place.key]?.zoom ?? 1;
  const change = (percent: number) => {
    onBegin();
    const middle = aim.own[place.key] ?? focusOf(windowFor(aim, place.key, source, place), source);
    onAim(withOwn(aim, place.key, { x: middle.x, y: middle.y, zoom: percent / 100 }));
  };
  return (
    <div className="w-full max-w-90">
      <Slider label={t('social.closer')} value={Math.round(zoom * 100)} min={100} max={CLOSEST * 100} text={t('view.percent', { percent: Math.round(zoom * 100) })} onChange={change} />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="text-section font-[620]">{title}</h3>
      {children}
    </section>
  );
}

function Ways({ result }: { result: SocialResult }) {
  return (
    <>
      <a href={result.url} download={result.filename} className={buttonLook('ink')}>
        <Download size={16} aria-hidden />
        {t('asset.save')}
      </a>
      <Link to="/library" search={{ asset: result.asset_id }} className={buttonLook('plain')}>
        <Images size={16} aria-hidden />
        {t('place.library')}
      </Link>
    </>
  );
}

/** What the file is, and why it was cut like this. */
function Facts({ result }: { result: SocialResult }) {
  const { filename, bytes: size, width, height, reasons = [], notes = [], quality } = result;
  const facts = [t('size.pixels', { width, height }), bytes(size), quality === null || quality === undefined ? '' : t('social.qualityIs', { quality })];
  return (
    <div className="mb-4 text-second text-muted">
      <p className="font-[560] break-all text-fg">{filename}</p>
      <p className="tabular-nums">{facts.filter(Boolean).join(', ')}</p>
      {reasons.length > 0 && <p>{t('social.because', { reasons: reasons.map(({ says }) => says).join(' ') })}</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
