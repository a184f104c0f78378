import { Link } from '@tanstack/react-router';
import { Check, Layers } from 'lucide-react';
import { t } from '~/app/i18n';
import { buttonLook, IconButton } from '~/components/ImageStudio/ui/Button';
import { fromTray, toTray, useTray } from '~/features/tray/store';
import { STUDIOS } from '../sendTo';

/** The ways on for a picture: each studio opens with it, and the tray keeps it at hand. */
export function SendTo({ assetId, className = 'sm:px-3' }: { assetId: string; className?: string }) {
  return (
    <>
      {STUDIOS.map(({ to, label, Icon }) => (
        <Link key={to} to={to} search={{ asset: assetId }} className={buttonLook('plain', className)}>
          <Icon size={16} aria-hidden />
          {t(label)}
        </Link>
      ))}
      <TrayButton assetId={assetId} />
    </>
  );
}

/** Into the tray, and out of it again. */
function TrayButton({ assetId }: { assetId: string }) {
  const kept = useTray().includes(assetId);
  return (
    <IconButton label={kept ? t('tray.remove') : t('tray.add')} look="plain" aria-pressed={kept} onClick={() => (kept ? fromTray(assetId) : toTray(assetId))} className="sm:size-10">
      {kept ? <Check size={16} aria-hidden /> : <Layers size={16} aria-hidden />}
    </IconButton>
  );
}
