import { Sparkles, Upload } from 'lucide-react';
import { t } from '~/app/i18n';
import { chooseFile } from '~/features/drop/store';
import { Button } from '~/components/ImageStudio/ui/Button';
import { pictureOf, type Style } from '~/features/create/styles';
import { SAMPLE_COUNT } from '../samples';

const SHOWN: readonly Style[] = ['paper', 'sunburst', 'stage'];
const WORKS = ['home.worksMake', 'home.worksFix', 'home.worksCut', 'home.worksUpscale'] as const;

/** A studio with nothing in it: what works without a key, six pictures for a press, or a photo of one's own. */
export function FirstRun({ onSamples }: { onSamples: () => void }) {
  return (
    <section aria-labelledby="first-run" className="panel flex items-center gap-8 rounded-panel p-7 max-lg:flex-col max-sm:p-5">
      <span aria-hidden className="relative h-46 w-64 shrink-0 max-sm:h-40">
        {SHOWN.map((style, at) => (
          <img
            key={style}
            src={pictureOf(style)}
            alt=""
            width={208}
            height={112}
            className="absolute h-30 w-44 rounded-card border-4 border-solid object-cover shadow-panel"
            style={{ left: at * 38, top: at * 31 }}
          />
        ))}
      </span>
      <div className="min-w-0 flex-1">
        <h2 id="first-run" className="text-title font-[640]">
          {t('home.empty')}
        </h2>
        <p className="mt-1 text-muted">{t('home.emptyNote')}</p>
        <ul className="mt-3 grid gap-x-5 gap-y-1 text-second sm:grid-cols-2">
          {WORKS.map((key) => (
            <li key={key} className="flex gap-2">
              <span aria-hidden className="mt-[7px] size-[5px] shrink-0 rounded-full bg-ok" />
              {t(key)}
            </li>
          ))}
        </ul>
        <div className="mt-4.5 flex flex-wrap gap-2">
          <Button look="ink" onClick={onSamples}>
            <Sparkles size={16} aria-hidden />
            {t('home.sample', { count: SAMPLE_COUNT })}
          </Button>
          <Button onClick={chooseFile}>
            <Upload size={16} aria-hidden />
            {t('home.upload')}
          </Button>
        </div>
        <p className="mt-2.5 text-caption text-muted">{t('home.sampleNote')}</p>
      </div>
    </section>
  );
}
