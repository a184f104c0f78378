import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { base } from '~/api/base';
import type { Job, Spending } from '~/api/types';
import { currentLanguage, t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { kindOfJob, nameOfJob, placeOfJob } from '~/features/jobs/words';
import { save } from '~/lib/save';
import { csvOf, usd } from '../figures';
import { useStatement } from '../statement';

interface StatementListProps {
  spending: Spending | undefined;
  labelOf: (engine: string) => string;
}

/** Each job with what it cost, newest first, and everything as a table to take along. */
export function StatementList({ spending, labelOf }: StatementListProps) {
  const { days, isPending, hasMore, loading, more } = useStatement();
  const download = () => {
    if (spending) save(new Blob([csvOf(spending.lines)], { type: 'text/csv' }), `costs-${spending.date_from}-${spending.date_to}.csv`);
  };
  return (
    <section aria-labelledby="statement">
      <div className="flex min-h-9 items-center">
        <h2 id="statement" className="text-section font-[620]">
          {t('costs.statement')}
        </h2>
        <button type="button" disabled={!spending?.lines.length} onClick={download} className="ml-auto flex h-9 items-center gap-1.5 text-second font-[580] text-accent hover:underline disabled:opacity-50 max-sm:h-11">
          <Download size={15} aria-hidden />
          {t('costs.csv')}
        </button>
      </div>
      {isPending && <LoadingSkeleton className="mt-2 h-60" />}
      {!isPending && days.length === 0 && <p className="mt-1 text-second text-muted">{t('costs.noJobs')}</p>}
      {days.map(({ day, jobs }) => (
        <div key={day}>
          <h3 className="mt-3 text-second text-muted">{dayName(day)}</h3>
          <ul>
            {jobs.map((job) => (
              <li key={job.id} className="border-b border-line">
                <Row job={job} labelOf={labelOf} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {hasMore && (
        <Button small look="quiet" className="mt-3 w-full" disabled={loading} onClick={more}>
          {t('costs.more')}
        </Button>
      )}
    </section>
  );
}

function dayName(day: string): string {
  const now = new Date();
  const apart = Math.round((new Date(now.toDateString()).getTime() - new Date(`${day}T00:00:00`).getTime()) / 86_400_000);
  if (apart < 2) {
    const word = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(-apart, 'day');
    return word.charAt(0).toLocaleUpperCase() + word.slice(1);
  }
  return new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(`${day}T00:00:00`));
}

function Row({ job, labelOf }: { job: Job; labelOf: (engine: string) => string }) {
  const assets = job.asset_ids ?? [];
  const [first] = assets;
  return (
    <Link {...placeOfJob(job)} className="flex min-h-13 items-center gap-3 rounded-[8px] hover:bg-sunken">
      <span className="size-9 shrink-0 overflow-hidden rounded-chip bg-sunken">
        {first !== undefined && <img src={`${base}/api/content-assets/${first}/thumbnail`} alt="" width={36} height={36} loading="lazy" decoding="async" className="size-full object-cover" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-second font-[600]">{nameOfJob(job)}</span>
        <span className="block truncate text-caption text-muted">
          {[job.provider && labelOf(job.provider), kindOfJob(job), assets.length > 0 && t('costs.pictures', { count: assets.length })].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Price job={job} />
    </Link>
  );
}

function Price({ job: { status, cost } }: { job: Job }) {
  const look = 'shrink-0 text-second font-[600] tabular-nums ';
  if (cost.captured > 0) return <span className={look}>{usd(cost.captured)}</span>;
  if (status === 'failed' || status === 'cancelled') return <span className={`${look}text-muted`}>{cost.estimated > 0 ? t('costs.returned') : t(`status.${status}`)}</span>;
  return <span className={`${look}text-ok`}>{t('price.free')}</span>;
}
