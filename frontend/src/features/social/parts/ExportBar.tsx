import { ChevronsUpDown, FolderDown, Pencil } from 'lucide-react';
import type { Job } from '~/api/types';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { CostButton, WorkingButton } from '~/components/ImageStudio/ui/CostButton';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import type { Quote } from '~/features/costs/queries';
import { about, bytes, money } from '~/lib/format';
import { useWide } from '~/lib/react';
import { lackOf, OUTPUTS, type Output, type SocialForm } from '../form';
import type { Sum } from '../results';

interface ExportBarProps {
  form: SocialForm;
  /** What the first file will be called. */
  name: string | undefined;
  quote: Quote;
  /** Of the last export, as long as it holds. */
  sum: Sum | undefined;
  /** The job that works right now. */
  job: Job | undefined;
  busy: boolean;
  zipping: boolean;
  onOutput: (output: Output) => void;
  onName: () => void;
  onStart: () => void;
  onCancel: () => void;
  onZip: (() => void) | undefined;
}

/** What will be made or was made, as which files, and the button for it. */
export function ExportBar({ form, name, sum, zipping, onOutput, onName, onZip, ...run }: ExportBarProps) {
  const wide = useWide();
  const names = { auto: t('social.auto'), jpg: t('social.jpg'), png: t('social.png'), webp: t('social.webp') };
  const notes = { auto: t('social.autoNote'), jpg: undefined, png: undefined, webp: undefined };
  const action = <Action form={form} {...run} />;
  return (
    <>
      <div className="panel flex flex-wrap items-center gap-x-3 gap-y-2 rounded-panel p-2 pl-4">
        <div role="status" className="min-w-40 flex-1">
          <p className="font-[620]">{sum ? readiness(sum) : t('social.sizes', { count: form.formats.length })}</p>
          <p className="text-second text-muted tabular-nums">{sum && sum.bytes > 0 ? t('social.weight', { all: bytes(sum.bytes), largest: bytes(sum.largest) }) : t('social.keptInLibrary')}</p>
        </div>
        {wide && name && (
          <Button title={t('social.rename')} className="h-11 max-w-64 min-w-0 shrink font-[450] text-second max-xl:hidden" onClick={onName}>
            <span className="truncate text-muted">{name}</span>
            <Pencil size={15} aria-hidden className="shrink-0 text-muted" />
            <span className="sr-only">{t('social.rename')}</span>
          </Button>
        )}
        <Menu
          trigger={
            <Button className="h-11">
              {names[form.output]}
              <ChevronsUpDown size={15} aria-hidden />
            </Button>
          }
        >
          <MenuChoices value={form.output} onChange={(value) => onOutput(value as Output)} options={OUTPUTS.map((value) => ({ value, text: names[value], note: notes[value] }))} />
        </Menu>
        {onZip && (
          <Button className="h-11" disabled={zipping} onClick={onZip}>
            <FolderDown size={16} aria-hidden />
            {zipping ? t('social.zipping') : t('social.zip')}
          </Button>
        )}
        {wide && <div className="w-66">{action}</div>}
      </div>
      {!wide && <div className="foot-fade sticky bottom-3 z-20 max-sm:bottom-[calc(92px+env(safe-area-inset-bottom))]">{action}</div>}
    </>
  );
}

const readiness = ({ total, ready, sound, failed, bytes: size }: Sum) =>
  [
    size > 0 ? t('social.soundOf', { sound, ready }) : t('results.ready', { ready, total }),
    failed > 0 ? t('social.failedCount', { count: failed }) : '',
  ].filter(Boolean).join(', ');

function Action({ form, quote: { estimate, problem }, job, busy, onStart, onCancel }: Omit<ExportBarProps, 'name' | 'sum' | 'zipping' | 'onOutput' | 'onName' | 'onZip'>) {
  if (job) return <WorkingButton label={t('social.working', { percent: Math.round(job.progress * 100) })} progress={job.progress} onCancel={onCancel} />;
  const lacks = { formats: t('social.needsFormats'), quality: t('social.needsQuality'), limit: t('social.needsLimit') };
  const lack = lackOf(form);
  return (
    <CostButton
      verb={t('social.export', { count: form.formats.length })}
      price={estimate && money(estimate.total_cost, estimate.currency)}
      time={estimate?.seconds == null ? undefined : about(estimate.seconds)}
      blocked={lack ? lacks[lack] : problem && titleOf(problem)}
      busy={busy}
      onPress={onStart}
    />
  );
}
