import { useNavigate } from '@tanstack/react-router';
import { CircleUserRound, Contrast, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { asProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { useSession, useSignOut } from '~/features/session/queries';
import { say } from '~/features/toasts/store';
import { setTheme, THEMES, useTheme, type Theme } from '~/theme/theme';
import { JobsChip } from './JobsChip';
import { titleOf } from './ProblemBanner';
import { IconButton } from './ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLine } from './ui/Menu';

/** The line above a page: where we are, what is going on, and who is here. */
export function PageHeader({ title, note }: { title: string; note?: ReactNode }) {
  useEffect(() => {
    document.title = t('app.page', { page: title });
  }, [title]);
  return (
    <header className="flex h-16 shrink-0 items-center gap-3 max-sm:px-4.5">
      <h1 className="text-title font-[640] max-sm:text-[21px]">{title}</h1>
      {note !== undefined && <span className="truncate text-second text-muted tabular-nums">{note}</span>}
      <div className="ml-auto flex items-center gap-3 max-sm:gap-2">
        <JobsChip />
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
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
      <ThemeItems />
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={leave}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  );
}

/** On phones the theme lives in the account menu. */
function ThemeItems() {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  const Icon = THEME_ICONS[other];
  return (
    <div className="sm:hidden">
      <MenuItem icon={<Icon size={16} aria-hidden />} onSelect={() => setTheme(other)}>
        {other === 'dark' ? t('theme.toDark') : t('theme.toLight')}
      </MenuItem>
    </div>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
