import { Link } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import type { CreateForm } from '~/features/create/form';
import { STARTS, type QuickStart } from '../starts';

const card = 'group block w-full rounded-card text-left max-sm:w-36';

/** Ways to begin without a word: each fills the form above or opens the studio that does it. */
export function QuickStarts({ onFill }: { onFill: (form: Partial<CreateForm>) => void }) {
  return (
    <ul aria-label={t('home.starts')} className="grid grid-cols-6 gap-3 max-lg:grid-cols-3 max-sm:-mx-4.5 max-sm:flex max-sm:overflow-x-auto max-sm:px-4.5 max-sm:[scrollbar-width:none]">
      {STARTS.map((start) => {
        const { goal } = start;
        return (
          <li key={start.name}>
            {'fill' in goal ? (
              <button type="button" onClick={() => onFill(goal.fill())} className={card}>
                <Face start={start} />
              </button>
            ) : (
              <Link to={goal.to} search={goal.search} className={card}>
                <Face start={start} />
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Face({ start: { name, note, picture, look } }: { start: QuickStart }) {
  return (
    <>
      <span className="block overflow-hidden rounded-[14px] transition duration-120 ease-studio group-hover:opacity-85">
        {look === 'plain' && <Thumb src={picture} className="aspect-[1.84] w-full object-cover" />}
        {look === 'cut' && (
          <span className="checkerboard block">
            <Thumb src={picture} className="cut-disc aspect-[1.84] w-full object-cover" />
          </span>
        )}
        {look === 'shapes' && (
          <span className="flex aspect-[1.84] w-full items-center justify-center gap-1.5 bg-sunken">
            <Thumb src={picture} className="h-[72%] w-[21%] rounded-[6px] object-cover" />
            <Thumb src={picture} className="h-[60%] w-[29%] rounded-[6px] object-cover" />
            <Thumb src={picture} className="h-[34%] w-[33%] rounded-[6px] object-cover" />
          </span>
        )}
      </span>
      <span className="mt-2 block truncate text-second font-[620]">{t(name)}</span>
      <span className="block truncate text-caption text-muted">{t(note)}</span>
    </>
  );
}

const Thumb = ({ src, className }: { src: string | undefined; className: string }) => (
  <img src={src} alt="" width={208} height={112} decoding="async" className={className} />
);
