import { CircleAlert, CircleCheck } from 'lucide-react';
import { base } from '~/api/base';
import { maybe, t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { useHealth } from '../queries';
import { SettingRow } from './Rows';

/** Which studio this is, whether all of it works, and whose work it stands on. */
export function AboutPart() {
  const { data: health, error, refetch, isFetching } = useHealth();
  if (error) return <ProblemBanner problem={error} action={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>} />;
  if (!health) return <LoadingSkeleton className="h-40" />;
  return (
    <div>
      <SettingRow name={t('app.name')} note={t('settings.version', { version: health.version })}>
        <div className="flex gap-2 sm:justify-end">
          <Button disabled={isFetching} onClick={() => void refetch()}>
            {t('settings.check')}
          </Button>
        </div>
      </SettingRow>
      {Object.entries(health.checks).map(([name, { ok, detail }]) => (
        <SettingRow key={name} name={maybe(`settings.checked.${name}`) ?? name} note={detail || undefined}>
          <p className={ok ? 'flex items-center gap-2 text-second font-[560] text-ok sm:justify-end' : 'flex items-center gap-2 text-second font-[560] text-danger sm:justify-end'}>
            {ok ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
            {ok ? t('settings.works') : t('settings.broken')}
          </p>
        </SettingRow>
      ))}
      <SettingRow name={t('settings.licences')} note={t('settings.licencesNote')}>
        <p className="flex gap-4 text-second font-[560] sm:justify-end">
          <a className="text-accent hover:underline" href={`${base}/licences.md`}>
            {t('settings.libraries')}
          </a>
          <a className="text-accent hover:underline" href={`${base}/geist-licence.txt`}>
            Geist
          </a>
        </p>
      </SettingRow>
    </div>
  );
}
