import { useNavigate, useSearch } from '@tanstack/react-router';
import { chooseFile } from '~/features/drop/store';
import { toTray } from '~/features/tray/store';
import { turnTheme } from '~/theme/theme';
import type { ActionContext } from './registry';
import { show } from './surfaces';

/** The picture that the address names, whatever page it is. */
export function useOpenAsset(): string | undefined {
  const search = useSearch({ strict: false });
  return search.asset;
}

/** What the registry's actions work with, as things stand now. */
export function useActionContext(): ActionContext {
  const navigate = useNavigate();
  const asset = useOpenAsset();
  return {
    asset,
    go: (to, picture) => void navigate({ to, search: picture ? { asset: picture } : {} }),
    turnTheme,
    showHelp: () => show('help'),
    showPalette: () => show('palette'),
    chooseFile,
    toTray,
  };
}
