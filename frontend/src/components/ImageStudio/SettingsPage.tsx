import { clsx } from 'clsx';
import { Link, useSearch } from '@tanstack/react-router';
import { CircleUserRound, Info, Keyboard, KeyRound, Palette, Plug, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t, type MessageKey } from '~/app/i18n';
import { AboutPart } from '~/features/settings/parts/AboutPart';
import { AccountPart } from '~/features/settings/parts/AccountPart';
import { EnginesPart } from '~/features/settings/parts/EnginesPart';
import { KeysPart } from '~/features/settings/parts/KeysPart';
import { LooksPart } from '~/features/settings/parts/LooksPart';
import { WaysPart } from '~/features/settings/parts/WaysPart';
import { PageHeader } from './PageHeader';

interface Part {
  id: string;
  title: MessageKey;
  note: MessageKey;
  Icon: LucideIcon;
  Body: () => ReactNode;
}

const PARTS: readonly [Part, ...Part[]] = [
  { id: 'engines', title: 'settings.engines', note: 'settings.enginesNote', Icon: Plug, Body: EnginesPart },
  { id: 'looks', title: 'settings.looks', note: 'settings.looksNote', Icon: Palette, Body: LooksPart },
  { id: 'ways', title: 'settings.ways', note: 'settings.waysNote', Icon: Keyboard, Body: WaysPart },
  { id: 'account', title: 'settings.account', note: 'settings.accountNote', Icon: CircleUserRound, Body: AccountPart },
  { id: 'keys', title: 'settings.keys', note: 'settings.keysNote', Icon: KeyRound, Body: KeysPart },
  { id: 'about', title: 'settings.about', note: 'settings.aboutNote', Icon: Info, Body: AboutPart },
];

/** Engines, looks, keys and account: the part that the address names. */
export function SettingsPage() {
  const { part: wanted } = useSearch({ from: '/studio/settings' });
  const part = PARTS.find(({ id }) => id === wanted) ?? PARTS[0];
  return (
    <div className="flex flex-col max-lg:min-h-dvh lg:h-dvh">
      <PageHeader title={t('settings.title')} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-sm:px-4.5 lg:gap-10">
        <nav aria-label={t('settings.parts')} className="scroll-quiet flex shrink-0 gap-1.5 max-lg:-mx-4.5 max-lg:mb-4 max-lg:overflow-x-auto max-lg:px-4.5 max-lg:py-1 lg:w-50 lg:flex-col lg:pt-2">
          {PARTS.map(({ id, title, Icon }) => (
            <Link
              key={id}
              to="/settings"
              search={{ part: id }}
              replace
              aria-current={id === part.id ? 'page' : undefined}
              className={clsx(
                'flex h-10 shrink-0 items-center gap-3 rounded-control border px-3.5 whitespace-nowrap max-sm:h-11',
                id === part.id ? 'border-line bg-segment font-[620]' : 'border-transparent text-muted hover:text-fg',
              )}
            >
              <Icon size={17} aria-hidden className="shrink-0" />
              {t(title)}
            </Link>
          ))}
        </nav>
        <div className="scroll-quiet min-w-0 flex-1 max-lg:pb-28 lg:-m-1 lg:overflow-y-auto lg:p-1 lg:pb-8">
          <div className="max-w-[780px]">
            <h2 className="text-page font-[640]">{t(part.title)}</h2>
            <p className="mt-1 mb-5 text-section text-muted">{t(part.note)}</p>
            <part.Body key={part.id} />
          </div>
        </div>
      </div>
    </div>
  );
}
