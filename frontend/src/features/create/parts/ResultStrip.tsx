import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Download, SquareSplitHorizontal } from 'lucide-react';
import type { Picture } from '~/api/types';
import { t } from '~/app/i18n';
import { STUDIOS } from '~/features/picture/sendTo';
import { useMedia } from '~/lib/react';
import type { ResultVerbs } from '../useResultVerbs';

const item = 'flex flex-auto items-center justify-center rounded-chip hover:bg-sunken';
const inRow = 'h-10 gap-1.5 px-1.5 text-second font-[570] whitespace-nowrap max-sm:h-11';
const stacked = 'h-12 min-w-11 flex-col gap-0.5 px-1 text-rail font-[560]';
/** More letters than this stand below their icons, as in the rail. */
const LETTERS = 36;

// On a narrow picture the icons stand alone; their words are still read out.
const word = 'sm:@max-[300px]:sr-only';
const wordInRow = 'sm:@max-[425px]:sr-only';

/** The next steps for the picture in focus, on its lower edge. */
export function ResultStrip({ picture, verbs }: { picture: Picture; verbs: ResultVerbs }) {
  const phone = useMedia('(max-width: 640px)');
  const studios = STUDIOS.slice(0, 3);
  const words = [...studios.map(({ label }) => t(label)), t('asset.save'), t('results.compare')];
  const high = phone || words.join('').length > LETTERS;
  const look = clsx(item, high ? stacked : inRow);
  const name = high ? word : wordInRow;
  return (
    <div className="absolute inset-x-2.5 bottom-3 mx-auto max-w-[480px] @container">
      <div className="over flex rounded-[14px] p-1">
        {studios.map(({ to, label, Icon }) => (
          <Link key={to} to={to} search={{ asset: picture.id }} className={look}>
            <Icon size={high ? 18 : 16} aria-hidden />
            <span className={name}>{t(label)}</span>
          </Link>
        ))}
        <a href={picture.url} download className={look}>
          <Download size={high ? 18 : 16} aria-hidden />
          <span className={name}>{t('asset.save')}</span>
        </a>
        {verbs.onCompare && (
          <>
            <span aria-hidden className="mx-0.5 my-2 w-px bg-line max-sm:hidden" />
            <button type="button" onClick={verbs.onCompare} className={clsx(look, 'max-sm:hidden')}>
              <SquareSplitHorizontal size={high ? 18 : 16} aria-hidden />
              <span className={name}>{t('results.compare')}</span>
            </button>
          </>
        )}
      </div>
    </div>
  );
}
