import { chooseLanguage, chosenLanguage, LANGUAGE_CODES, t } from '~/app/i18n';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { useMedia } from '~/lib/react';
import { setTheme, useTheme } from '~/theme/theme';
import { SettingRow } from './Rows';

const AS_BROWSER = 'browser';

/** A language's name in itself, as its readers look for it. */
function ownName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.slice(0, 1).toLocaleUpperCase(code) + name.slice(1);
}

const follows = (on: boolean) => (on ? t('settings.systemOn') : t('settings.systemOff'));

/** Light or dark, the language, and what the system asks for. */
export function LooksPart() {
  const theme = useTheme();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const solid = useMedia('(prefers-reduced-transparency: reduce)');
  return (
    <div>
      <SettingRow name={t('theme.label')} note={t('settings.themeNote')}>
        <Segmented
          label={t('theme.label')}
          value={theme}
          options={[
            { value: 'light', text: t('theme.light') },
            { value: 'dark', text: t('theme.dark') },
            { value: 'system', text: t('theme.system') },
          ]}
          onChange={setTheme}
        />
      </SettingRow>
      <SettingRow name={t('settings.language')} note={t('settings.languageNote')}>
        <Segmented
          label={t('settings.language')}
          value={chosenLanguage() ?? AS_BROWSER}
          options={[...LANGUAGE_CODES.map((code) => ({ value: code, text: ownName(code) })), { value: AS_BROWSER, text: t('settings.asBrowser') }]}
          onChange={(code) => chooseLanguage(code === AS_BROWSER ? null : code)}
        />
      </SettingRow>
      <SettingRow name={t('settings.motion')} note={t('settings.motionNote')}>
        <p className="text-second font-[560] sm:text-right">{follows(still)}</p>
      </SettingRow>
      <SettingRow name={t('settings.glass')} note={t('settings.glassNote')}>
        <p className="text-second font-[560] sm:text-right">{follows(solid)}</p>
      </SettingRow>
    </div>
  );
}
