import { useNavigate } from '@tanstack/react-router';
import { CircleUserRound, Contrast, LogOut, Monitor, Moon, Search, Settings2, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { show } from '~/actions/surfaces';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { useSession, useSignOut } from '~/features/session/queries';
import { BannerSlot } from '~/features/trouble/above';
import { say } from '~/features/toasts/store';
import { useTitle } from '~/lib/title';
import { setTheme, THEMES, useTheme, type Theme } from '~/theme/theme';
import { JobsChip } from './JobsChip';
import { titleOf } from './ProblemBanner';
import { IconButton } from './ui/Button';
import { Kbd } from './ui/Kbd';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLine } from './ui/Menu';

/** The line above a page: where we are, what is going on, and who is here. */
export function PageHeader({ title, note, beside }: { title: string; note?: ReactNode; beside?: ReactNode }) {
  useTitle(title);
  return (
    <>
      <header className="flex h-16 shrink-0 items-center gap-3 max-sm:px-4.5">
        <h1 className="text-title font-[640] max-sm:text-[21px]">{title}</h1>
        {note !== undefined && <span className="truncate text-second text-muted tabular-nums">{note}</span>}
        {beside}
        <div className="ml-auto flex items-center gap-3 max-sm:gap-2">
          <CommandField />
          <JobsChip />
          <ThemeMenu />
          <div className="max-sm:hidden">
            <AccountMenu />
          </div>
        </div>
      </header>
      <BannerSlot />
    </>
  );
}

/** The way to the palette that needs no key; on phones it stands under More. */
function CommandField() {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => show('palette')}
      className="quiet-control flex h-9 items-center gap-2.5 rounded-control pr-2 pl-3 text-second text-muted hover:bg-raised max-sm:hidden lg:w-67"
    >
      <Search size={15} aria-hidden className="shrink-0" />
      <span className="truncate max-lg:sr-only">{t('palette.ask')}</span>
      <Kbd className="ml-auto rounded-[6px] bg-sunken px-1.5 py-0.5 whitespace-nowrap max-lg:hidden">{t('keys.command')}</Kbd>
    </button>
  );
}

const THEME_ICONS: Record<Theme, typeof Sun> = { light: Sun, dark: Moon, system: Monitor };

function ThemeMenu() {
  const theme = useTheme();
  const names = { light: t('theme.light'), dark: t('theme.dark'), system: t('theme.system') };
  const Icon = theme === 'system' ? Contrast : THEME_ICONS[theme];
  return (
    <Menu
      trigger={
        <IconButton label={t('theme.label')} look="plain" className="max-sm:hidden">
          <Icon size={17} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoices
        value={theme}
        onChange={(value) => setTheme(value as Theme)}
        options={THEMES.map((value) => ({ value, text: names[value] }))}
      />
    </Menu>
  );
}

function AccountMenu() {
  const { data: session } = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/signin' }),
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  if (!session) return null;
  const { user, workspace } = session;
  return (
    <Menu
      trigger={
        <IconButton label={t('account.label', { name: user.name })} look="plain">
          {user.name ? <span className="text-second font-[620]">{initials(user.name)}</span> : <CircleUserRound size={18} aria-hidden />}
        </IconButton>
      }
    >
      <MenuLabel>
        <span className="block font-[620]">{user.name}</span>
        {user.email && <span className="block text-second text-muted">{user.email}</span>}
        <span className="block text-second text-muted">{workspace.name}</span>
      </MenuLabel>
      <MenuLine />
      <MenuItem icon={<Settings2 size={16} aria-hidden />} onSelect={() => void navigate({ to: '/settings' })}>
        {t('settings.title')}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={leave}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
