import type { ReactNode } from 'react';
import { t, type MessageKey } from '~/app/i18n';
import { PageHeader } from '../PageHeader';
import { Banners, Toasts } from './messages';
import { Buttons, Cards, Chips, Choices, CostButtons, Fields } from './controls';
import { Door, Overlays, Short } from './overlays';
import { Empty, Loading, Partial, Photos } from './pictures';

const SECTIONS: readonly { title: MessageKey; Show: () => ReactNode }[] = [
  { title: 'dev.banners', Show: Banners },
  { title: 'dev.toasts', Show: Toasts },
  { title: 'dev.cost', Show: CostButtons },
  { title: 'dev.partial', Show: Partial },
  { title: 'dev.loading', Show: Loading },
  { title: 'dev.photos', Show: Photos },
  { title: 'dev.empty', Show: Empty },
  { title: 'dev.short', Show: Short },
  { title: 'dev.door', Show: Door },
  { title: 'dev.fields', Show: Fields },
  { title: 'dev.choices', Show: Choices },
  { title: 'dev.buttons', Show: Buttons },
  { title: 'dev.chips', Show: Chips },
  { title: 'dev.cards', Show: Cards },
  { title: 'dev.overlays', Show: Overlays },
];

/** Every part of the studio in every state, in light and in dark beside each other. */
export function DevUi() {
  return (
    <div className="max-sm:px-4.5 max-sm:pb-28 sm:pb-5">
      <div className="max-sm:-mx-4.5">
        <PageHeader title={t('dev.title')} note={t('dev.note')} />
      </div>
      <div className="flex flex-col gap-7">
        {SECTIONS.map(({ title, Show }) => (
          <section key={title}>
            <h2 className="mb-2 text-second font-[560] text-muted">{t(title)}</h2>
            <div className="grid gap-3 lg:grid-cols-2">
              <Pane theme="light" label={t('dev.light', { section: t(title) })}>
                <Show />
              </Pane>
              <Pane theme="dark" label={t('dev.dark', { section: t(title) })}>
                <Show />
              </Pane>
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

/** A part of the page in a theme of its own. */
function Pane({ theme, label, children }: { theme: 'light' | 'dark'; label: string; children: ReactNode }) {
  return (
    <div data-theme={theme} role="group" aria-label={label} className="flex min-w-0 flex-col gap-3 rounded-panel border border-line bg-bg p-4 text-fg">
      {children}
    </div>
  );
}
