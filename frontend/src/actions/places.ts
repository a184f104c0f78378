// The places there are: rail, phone bar, palette and keys all read this list.
import { Brush, Crop, House, Images, PencilRuler, ReceiptText, Scaling, Settings2, Sparkles, UsersRound, type LucideIcon } from 'lucide-react';
import type { MessageKey } from '~/app/i18n';

export type PlacePath =
  | '/'
  | '/create'
  | '/edit'
  | '/upscale'
  | '/social'
  | '/control'
  | '/library'
  | '/personas'
  | '/costs'
  | '/settings';

export interface Place {
  to: PlacePath;
  label: MessageKey;
  /** What the palette calls going there. */
  go: MessageKey;
  /** Other words for it, for the palette. */
  keywords: MessageKey;
  Icon: LucideIcon;
  /** The key after G. */
  key: string;
  /** Works on one picture: a picture can be sent there. */
  takesPicture?: true;
  /** At the foot of the rail. */
  foot?: true;
  /** In the phone's bar of five. */
  bar?: true;
}

export const PLACES: readonly Place[] = [
  { to: '/', label: 'place.home', go: 'action.goHome', keywords: 'words.home', Icon: House, key: 'h', bar: true },
  { to: '/create', label: 'place.create', go: 'action.goCreate', keywords: 'words.create', Icon: Sparkles, key: 'c', bar: true },
  { to: '/edit', label: 'place.edit', go: 'action.goEdit', keywords: 'words.edit', Icon: Brush, key: 'e', takesPicture: true, bar: true },
  { to: '/upscale', label: 'place.upscale', go: 'action.goUpscale', keywords: 'words.upscale', Icon: Scaling, key: 'u', takesPicture: true },
  { to: '/social', label: 'place.social', go: 'action.goSocial', keywords: 'words.social', Icon: Crop, key: 's', takesPicture: true },
  { to: '/control', label: 'place.control', go: 'action.goControl', keywords: 'words.control', Icon: PencilRuler, key: 'o', takesPicture: true },
  { to: '/library', label: 'place.library', go: 'action.goLibrary', keywords: 'words.library', Icon: Images, key: 'l', bar: true },
  { to: '/personas', label: 'place.personas', go: 'action.goPersonas', keywords: 'words.personas', Icon: UsersRound, key: 'p', foot: true },
  { to: '/costs', label: 'place.costs', go: 'action.goCosts', keywords: 'words.costs', Icon: ReceiptText, key: 'm', foot: true },
  { to: '/settings', label: 'place.settings', go: 'action.goSettings', keywords: 'words.settings', Icon: Settings2, key: 't', foot: true },
];
