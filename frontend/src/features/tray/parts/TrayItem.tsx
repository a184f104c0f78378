import { Images, X, type LucideIcon } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { Menu, MenuItem, MenuLabel, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { AssetPhoto } from '~/components/ImageStudio/ui/Photo';
import { useAsset } from '~/features/library/queries';
import { dragAsset } from '~/lib/drag';
import { nameOfAsset } from '~/lib/format';

interface TrayItemProps {
  id: string;
  size: string;
  studios: readonly { label: string; Icon: LucideIcon; open: () => void }[];
  onRemove: () => void;
}

/** One picture of the tray: dragged somewhere, or opened in a studio by its menu. */
export function TrayItem({ id, size, studios, onRemove }: TrayItemProps) {
  const { data: asset, isError } = useAsset(id);
  const navigate = useNavigate();
  // It was deleted meanwhile: nothing to show, and nothing to send.
  if (isError) return null;
  const name = asset ? nameOfAsset(asset) : '';
  return (
    <li className="shrink-0" {...(asset && dragAsset(asset))}>
      <Menu
        align="start"
        trigger={
          <button type="button" aria-label={t('tray.item', { name })} title={name} className={`block rounded-control ${size}`}>
            {asset && (
              <AssetPhoto asset={asset} className="size-full rounded-control" />
            )}
          </button>
        }
      >
        <MenuLabel>
          <span className="line-clamp-2 max-w-56 font-[620]">{name}</span>
        </MenuLabel>
        <MenuLine />
        {studios.map(({ label, Icon, open }) => (
          <MenuItem key={label} icon={<Icon size={16} aria-hidden />} onSelect={open}>
            {label}
          </MenuItem>
        ))}
        <MenuItem icon={<Images size={16} aria-hidden />} onSelect={() => void navigate({ to: '/library', search: { asset: id } })}>
          {t('tray.inLibrary')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<X size={16} aria-hidden />} onSelect={onRemove}>
          {t('tray.remove')}
        </MenuItem>
      </Menu>
    </li>
  );
}
