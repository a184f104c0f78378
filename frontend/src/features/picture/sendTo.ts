// The studios that a picture can be sent to: one row each, read by the library's drawer and by results.
import { Brush, Crop, PencilRuler, Scaling, type LucideIcon } from 'lucide-react';
import type { MessageKey } from '~/app/i18n';

export const STUDIOS = [
  { to: '/edit', label: 'picture.edit', Icon: Brush },
  { to: '/upscale', label: 'place.upscale', Icon: Scaling },
  { to: '/social', label: 'place.social', Icon: Crop },
  { to: '/control', label: 'place.control', Icon: PencilRuler },
] as const satisfies readonly {
  to: string;
  label: MessageKey;
  Icon: LucideIcon;
}[];
