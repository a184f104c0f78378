import { Link } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { buttonLook } from '~/components/ImageStudio/ui/Button';
import { STUDIOS } from '../sendTo';

/** The ways on for a picture: each studio opens with it. */
export function SendTo({ assetId, className = 'sm:px-3' }: { assetId: string; className?: string }) {
  return STUDIOS.map(({ to, label, Icon }) => (
    <Link key={to} to={to} search={{ asset: assetId }} className={buttonLook('plain', className)}>
      <Icon size={16} aria-hidden />
      {t(label)}
    </Link>
  ));
}
