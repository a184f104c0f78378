import { useNavigate } from '@tanstack/react-router';
import { Download, Info, Send } from 'lucide-react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Menu, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { STUDIOS } from '~/features/picture/sendTo';
import { saveFrom } from '~/lib/save';

/** Where the picture on the desk can go from here: another studio, one's own folder, its place in the library. */
export function WaysOn({ asset }: { asset: Asset }) {
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <IconButton label={t('edit.waysOn')}>
          <Send size={17} aria-hidden />
        </IconButton>
      }
    >
      {STUDIOS.filter(({ to }) => to !== '/edit').map(({ to, label, Icon }) => (
        <MenuItem key={to} icon={<Icon size={16} aria-hidden />} onSelect={() => void navigate({ to, search: { asset: asset.id } })}>
          {t(label)}
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
