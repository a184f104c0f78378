import { useState } from 'react';
import { show } from '~/actions/surfaces';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Toggle } from '~/components/ImageStudio/ui/Toggle';
import { prefer, usePreferences } from '~/theme/preferences';

const canNotify = () => 'Notification' in globalThis;

/** Single keys on or off, and whether the system tells when work is done. */
export function WaysPart() {
  const { keys, notify } = usePreferences();
  const [refused, setRefused] = useState(() => canNotify() && Notification.permission === 'denied');
  const allow = async (on: boolean) => {
    if (!on) return prefer({ notify: false });
    const answer = await Notification.requestPermission();
    setRefused(answer === 'denied');
    return prefer({ notify: answer === 'granted' });
  };
  return (
    <div className="flex flex-col gap-5">
      <Toggle name={t('settings.single')} note={t('settings.singleNote')} on={keys} onChange={(on) => prefer({ keys: on })} />
      <div>
        <Button onClick={() => show('help')}>{t('settings.showKeys')}</Button>
      </div>
      {canNotify() && (
        <Toggle
          name={t('settings.notify')}
          note={refused ? t('settings.notifyRefused') : t('settings.notifyNote')}
          on={notify && !refused}
          onChange={(on) => void allow(on)}
        />
      )}
    </div>
  );
}
