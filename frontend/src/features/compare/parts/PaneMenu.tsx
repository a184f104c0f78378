import { useNavigate } from '@tanstack/react-router';
import { Download, Ellipsis, Info } from 'lucide-react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Menu, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { STUDIOS } from '~/features/picture/sendTo';
import { saveFrom } from '~/lib/save';

/** The ways on for one of the compared pictures. */
export function PaneMenu({ asset, letter }: { asset: Asset; letter: string }) {
  const navigate = useNavigate();
  const label = t('variants.more', { letter });
  return (
    <Menu
      trigger={
        <button type="button" aria-label={label} title={label} className="over flex size-10 items-center justify-center rounded-control max-sm:size-11">
          <Ellipsis size={18} aria-hidden />
        </button>
      }
    >
      {STUDIOS.map(({ to, label: name, Icon }) => (
        <MenuItem key={to} icon={<Icon size={16} aria-hidden />} onSelect={() => void navigate({ to, search: { asset: asset.id } })}>
          {t(name)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<Download size={16} aria-hidden />} onSelect={() => saveFrom(asset.file_url, asset.filename)}>
        {t('asset.save')}
      </MenuItem>
      <MenuItem icon={<Info size={16} aria-hidden />} onSelect={() => void navigate({ to: '/library', search: { asset: asset.id } })}>
        {t('asset.details')}
      </MenuItem>
    </Menu>
  );
}
