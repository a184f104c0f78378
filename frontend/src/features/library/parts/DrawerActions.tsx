import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Download, Ellipsis, FileDown, FolderPlus, Heart, Inbox, PencilRuler, Repeat2, RotateCcw, Scissors, Share, Trash2 } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Button, buttonLook, IconButton } from '~/components/ImageStudio/ui/Button';
import { Menu, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { STUDIOS } from '~/features/picture/sendTo';
import { saveAs } from '~/features/saveas/store';
import { toTray } from '~/features/tray/store';
import { useCutOutFlow } from '../cutout';
import { canShare, shareFiles } from '../share';
import type { DrawerActs } from './AssetDrawer';

interface DrawerActionsProps {
  asset: Asset;
  trashed: boolean;
  acts: DrawerActs;
}

const NEAR = STUDIOS.filter(({ to }) => to !== '/control');

/** The ways on for a picture; what is rarer stands in a menu. */
export function DrawerActions({ asset, trashed, acts }: DrawerActionsProps) {
  const cutOut = useCutOutFlow();
  if (trashed) {
    return (
      <div className="my-3.5 flex gap-1.5 px-1">
        <Button look="ink" onClick={acts.restore}>
          <RotateCcw size={16} aria-hidden />
          {t('asset.restore')}
        </Button>
        <Button look="danger" onClick={acts.purge}>
          {t('asset.purge')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-1.5 px-1">
        {NEAR.map(({ to, label, Icon }) => (
          <Link key={to} to={to} search={{ asset: asset.id }} className={buttonLook('plain', 'flex-1 px-2 sm:h-9')}>
            <Icon size={16} aria-hidden className="max-sm:hidden" />
            {t(label)}
          </Link>
        ))}
        <MoreMenu asset={asset} acts={acts} />
      </div>
      <div className="mt-1.5 mb-3.5 flex flex-wrap gap-1.5 px-1">
        <a
          href={asset.file_url}
          download={asset.filename}
          onClick={() => acts.used('download')}
          className="inline-flex h-9 flex-1 items-center justify-center gap-2 rounded-control bg-ink px-3 font-[560] whitespace-nowrap text-on-ink hover:opacity-90 max-sm:h-11"
        >
          <Download size={16} aria-hidden />
          {t('asset.save')}
        </a>
        <Button className="px-2.5 sm:h-9" disabled={cutOut.busy} onClick={() => cutOut.start(asset.id)}>
          <Scissors size={16} aria-hidden className="max-sm:hidden" />
          {cutOut.busy ? t('asset.cuttingOut') : t('asset.cutOut')}
        </Button>
        <IconButton label={asset.is_favorite ? t('asset.unfavorite') : t('asset.favorite')} look="plain" aria-pressed={asset.is_favorite} onClick={acts.favorite}>
          <Heart size={17} aria-hidden className={clsx(asset.is_favorite && 'fill-heart text-heart')} />
        </IconButton>
        <IconButton label={t('asset.trash')} look="danger" onClick={acts.trash}>
          <Trash2 size={17} aria-hidden />
        </IconButton>
      </div>
    </>
  );
}

function MoreMenu({ asset, acts }: Omit<DrawerActionsProps, 'trashed'>) {
  const navigate = useNavigate();
  const share = () => void shareFiles([asset]).then((done) => done && acts.used('share'));
  const { job_id: job } = asset;
  return (
    <Menu
      trigger={
        <IconButton label={t('asset.more')} look="plain">
          <Ellipsis size={17} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<PencilRuler size={16} aria-hidden />} onSelect={() => void navigate({ to: '/control', search: { asset: asset.id } })}>
        {t('place.control')}
      </MenuItem>
      {asset.operation === 'create' && job && (
        <MenuItem icon={<Repeat2 size={16} aria-hidden />} onSelect={() => void navigate({ to: '/create', search: { again: job } })}>
          {t('asset.again')}
        </MenuItem>
      )}
      <MenuItem icon={<FileDown size={16} aria-hidden />} onSelect={() => saveAs(asset.id)}>
        {t('saveAs.open')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<FolderPlus size={16} aria-hidden />} onSelect={acts.collect}>
        {t('bulk.collectIn')}
      </MenuItem>
      <MenuItem icon={<Inbox size={16} aria-hidden />} onSelect={() => toTray(asset.id)}>
        {t('bulk.toTray')}
      </MenuItem>
      {canShare() && (
        <MenuItem icon={<Share size={16} aria-hidden />} onSelect={share}>
          {t('asset.share')}
        </MenuItem>
      )}
    </Menu>
  );
}
