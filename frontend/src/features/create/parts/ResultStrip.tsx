import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Download, SquareSplitHorizontal } from 'lucide-react';
import type { Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { STUDIOS } from '~/features/picture/sendTo';
import type { ResultVerbs } from '../useResultVerbs';

const item =
  'flex h-10 flex-auto items-center justify-center gap-1.5 rounded-chip px-1.5 text-second font-[570] whitespace-nowrap hover:bg-sunken max-sm:h-11';

// On a narrow picture the icons stand alone; their words are still read out. A phone has room for the first three.
const word = 'sm:@max-[425px]:sr-only';

/** The next steps for the picture in focus, on its lower edge. */
export function ResultStrip({ picture, verbs }: { picture: Picture; verbs: ResultVerbs }) {
  return (
    <div className="absolute inset-x-2.5 bottom-3 mx-auto max-w-[480px] @container">
      <div className="over flex rounded-[14px] p-1">
        {STUDIOS.slice(0, 3).map(({ to, label, Icon }) => (
          <Link key={to} to={to} search={{ asset: picture.id }} className={item}>
            <Icon size={16} aria-hidden />
            <span className={word}>{t(label)}</span>
          </Link>
        ))}
        <a href={picture.url} download className={item}>
          <Download size={16} aria-hidden />
          <span className={clsx(word, 'max-sm:sr-only')}>{t('asset.save')}</span>
        </a>
        {verbs.onCompare && (
          <>
            <span aria-hidden className="mx-0.5 my-2 w-px bg-line max-sm:hidden" />
            <button type="button" onClick={verbs.onCompare} className={clsx(item, 'max-sm:hidden')}>
              <SquareSplitHorizontal size={16} aria-hidden />
              <span className={word}>{t('results.compare')}</span>
            </button>
          </>
        )}
      </div>
    </div>
  );
}
