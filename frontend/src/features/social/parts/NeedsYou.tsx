import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button, buttonLook } from '~/components/ImageStudio/ui/Button';
import { bytes } from '~/lib/format';
import type { SocialForm } from '../form';
import { fixesOf, type Fix, type Need } from '../needs';
import { ruleName } from '../rules';
import type { useExport } from '../useExport';

interface NeedsYouProps {
  needs: readonly Need[];
  work: ReturnType<typeof useExport>;
  picture: string;
  onShow: (key: string) => void;
  /** Something has to be written first. */
  onAlt: () => void;
}

const KILOBYTE = 1000;
const FIXES = { move: 'social.fix.move', extend: 'social.fix.extend', fit: 'social.fix.fit', type: 'social.fix.type', alt: 'social.fix.alt' } as const;
const ABOUT = { cut: 'social.about.cut', lost: 'social.about.lost', covered: 'social.about.covered' } as const;

/** The first thing that is not well, in a sentence, with what helps a press away. */
export function NeedsYou({ needs, work, picture, onShow, onAlt }: NeedsYouProps) {
  const [need] = needs;
  if (!need) return null;
  const act = (fix: Fix) => {
    const { aim, change, turn } = work;
    const form: Partial<SocialForm> | null = fix.kind === 'lighter' ? { limit: String(Math.floor(fix.limit / KILOBYTE)) } : fix.kind === 'type' ? { output: 'auto' } : null;
    if (form) change(form);
    else if (fix.kind === 'move') turn(fix.aim);
    else if (fix.kind === 'alt') onAlt();
    else turn({ ...aim, mode: fix.kind as 'extend' | 'fit' });
  };
  return (
    <section aria-label={t('social.needs', { count: needs.length })} className="panel flex flex-col gap-2 rounded-button p-3.5 text-second">
      <h2 className="flex items-center gap-2 text-body font-[620] text-warn">
        <TriangleAlert size={16} aria-hidden />
        {t('social.needs', { count: needs.length })}
      </h2>
      <p>
        <span className="font-[600]">{`${need.place.platformName}, ${need.place.name}. `}</span>
        {sentence(need)}
      </p>
      <div className="flex flex-wrap gap-2">
        {fixesOf(need, work.aim, work.source).map((fix, index) =>
          fix.kind === 'upscale' ? (
            <Link key={fix.kind} to="/upscale" search={{ asset: picture }} className={buttonLook('ink')}>
              {t('social.fix.upscale')}
            </Link>
          ) : (
            <Button key={fix.kind} small look={index === 0 ? 'ink' : 'quiet'} onClick={() => act(fix)}>
              {fix.kind === 'lighter' ? t('social.fix.lighter', { size: bytes(fix.limit) }) : t(FIXES[fix.kind])}
            </Button>
          ),
        )}
        <Button small look="quiet" onClick={() => onShow(need.place.key)}>
          {t('social.showMe')}
        </Button>
      </div>
    </section>
  );
}

function sentence(need: Need): string {
  switch (need.kind) {
    case 'concern':
      return t(ABOUT[need.concern], { ratio: need.place.ratio });
    case 'enlarged':
      return t('social.about.enlarged', { factor: need.factor.toFixed(1) });
    case 'rule':
      return need.check.fix || ruleName(need.check.rule);
  }
}
