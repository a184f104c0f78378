// What can be done from anywhere, once: keys, the help, menus and the palette all read it.
import { Contrast, Keyboard, Layers, Search, Upload, type LucideIcon } from 'lucide-react';
import type { MessageKey } from '~/app/i18n';
import { PLACES, type PlacePath } from './places';

export interface ActionContext {
  /** The picture on the desk, where there is one. */
  asset: string | undefined;
  go: (to: PlacePath, asset?: string) => void;
  turnTheme: () => void;
  showHelp: () => void;
  showPalette: () => void;
  chooseFile: () => void;
  toTray: (asset: string) => void;
}

export interface Action {
  id: string;
  label: MessageKey;
  /** Other words that find it. */
  keywords: MessageKey;
  Icon: LucideIcon;
  /** Keys pressed one after the other, as `KeyboardEvent.key` gives them; none where only the palette has it. */
  keys?: readonly string[];
  /** Whether it can be done now; always, where it doesn't say. */
  when?: (context: ActionContext) => boolean;
  perform: (context: ActionContext) => void;
}

const GOING: readonly Action[] = PLACES.map(({ to, go, keywords, Icon, key }) => ({
  id: `go:${to}`,
  label: go,
  keywords,
  Icon,
  keys: ['g', key],
  perform: (context) => context.go(to),
}));

/** The open picture, opened in another studio. */
const SENDING: readonly Action[] = PLACES.filter(({ takesPicture }) => takesPicture).map(({ to, keywords, Icon }) => ({
  id: `send:${to}`,
  label: `action.send.${to.slice(1)}` as MessageKey,
  keywords,
  Icon,
  when: ({ asset }) => asset !== undefined,
  perform: (context) => context.go(to, context.asset),
}));

const DOING: readonly Action[] = [
  { id: 'palette', label: 'action.palette', keywords: 'words.palette', Icon: Search, perform: ({ showPalette }) => showPalette() },
  { id: 'upload', label: 'action.upload', keywords: 'words.upload', Icon: Upload, perform: ({ chooseFile }) => chooseFile() },
  {
    id: 'tray',
    label: 'action.toTray',
    keywords: 'words.tray',
    Icon: Layers,
    when: ({ asset }) => asset !== undefined,
    perform: ({ asset, toTray }) => asset !== undefined && toTray(asset),
  },
  { id: 'theme', label: 'action.theme', keywords: 'words.theme', Icon: Contrast, keys: ['T'], perform: ({ turnTheme }) => turnTheme() },
  { id: 'help', label: 'action.help', keywords: 'words.help', Icon: Keyboard, keys: ['?'], perform: ({ showHelp }) => showHelp() },
];

export const ACTIONS: readonly Action[] = [...GOING, ...SENDING, ...DOING];

/** The actions that can be done now. */
export const possible = (context: ActionContext): readonly Action[] => ACTIONS.filter(({ when }) => when?.(context) ?? true);

/** Keys that belong to one page or one part of it; shown in the help, handled where they work. */
export const LOCAL_KEYS: readonly { label: MessageKey; keys: readonly string[] }[] = [
  { label: 'keys.palette', keys: ['Ctrl', 'K'] },
  { label: 'keys.generate', keys: ['Ctrl', 'Enter'] },
  { label: 'keys.search', keys: ['/'] },
  { label: 'keys.move', keys: ['←', '→', '↑', '↓'] },
  { label: 'keys.open', keys: ['Enter'] },
  { label: 'keys.look', keys: ['Space'] },
  { label: 'keys.choose', keys: ['X'] },
  { label: 'keys.chooseTo', keys: ['Shift', '→'] },
  { label: 'keys.chooseAll', keys: ['Ctrl', 'A'] },
  { label: 'keys.favorite', keys: ['F'] },
  { label: 'keys.trash', keys: ['Delete'] },
  { label: 'keys.results', keys: ['E', 'U', 'S', 'O'] },
  { label: 'keys.pick', keys: ['C'] },
  { label: 'keys.keep', keys: ['1', '2', '3', '4'] },
  { label: 'keys.maskTools', keys: ['B', 'E', 'L', 'P', 'R', 'O', 'C'] },
  { label: 'keys.maskSize', keys: ['[', ']', ',', '.'] },
  { label: 'keys.maskSubject', keys: ['W'] },
  { label: 'keys.maskEdge', keys: ['F'] },
  { label: 'keys.maskInvert', keys: ['I'] },
  { label: 'keys.maskClear', keys: ['Shift', 'Delete'] },
  { label: 'keys.before', keys: ['Z'] },
  { label: 'keys.pan', keys: ['Space'] },
  { label: 'keys.focus', keys: ['←', '→', '↑', '↓'] },
  { label: 'keys.zones', keys: ['Z'] },
  { label: 'keys.link', keys: ['L'] },
  { label: 'keys.zoom', keys: ['+', '-', '0', '1'] },
];
