// What can be done from anywhere, once: keys and the help dialog both read it.
import type { MessageKey } from '~/app/i18n';

export interface ActionContext {
  go: (to: '/create' | '/edit' | '/social' | '/library') => void;
  turnTheme: () => void;
  showHelp: () => void;
}

export interface Action {
  id: string;
  label: MessageKey;
  /** Keys pressed one after the other; `?` and letters as `KeyboardEvent.key` gives them. */
  keys: readonly string[];
  perform: (context: ActionContext) => void;
}

export const ACTIONS: readonly Action[] = [
  { id: 'go-create', label: 'action.goCreate', keys: ['g', 'c'], perform: ({ go }) => go('/create') },
  { id: 'go-edit', label: 'action.goEdit', keys: ['g', 'e'], perform: ({ go }) => go('/edit') },
  { id: 'go-social', label: 'action.goSocial', keys: ['g', 's'], perform: ({ go }) => go('/social') },
  { id: 'go-library', label: 'action.goLibrary', keys: ['g', 'l'], perform: ({ go }) => go('/library') },
  { id: 'theme', label: 'action.theme', keys: ['T'], perform: ({ turnTheme }) => turnTheme() },
  { id: 'help', label: 'action.help', keys: ['?'], perform: ({ showHelp }) => showHelp() },
];

/** Keys that belong to one page or one part of it; shown in the help, handled where they work. */
export const LOCAL_KEYS: readonly { label: MessageKey; keys: readonly string[] }[] = [
  { label: 'keys.generate', keys: ['Ctrl', 'Enter'] },
  { label: 'keys.search', keys: ['/'] },
  { label: 'keys.move', keys: ['←', '→', '↑', '↓'] },
  { label: 'keys.open', keys: ['Enter'] },
  { label: 'keys.favorite', keys: ['F'] },
  { label: 'keys.trash', keys: ['Delete'] },
  { label: 'keys.maskTools', keys: ['B', 'E', 'R'] },
  { label: 'keys.maskSize', keys: ['[', ']'] },
  { label: 'keys.maskSubject', keys: ['W'] },
  { label: 'keys.maskInvert', keys: ['I'] },
  { label: 'keys.maskClear', keys: ['Shift', 'Delete'] },
  { label: 'keys.before', keys: ['Z'] },
  { label: 'keys.pan', keys: ['Space'] },
  { label: 'keys.focus', keys: ['←', '→', '↑', '↓'] },
  { label: 'keys.zones', keys: ['Z'] },
  { label: 'keys.link', keys: ['L'] },
  { label: 'keys.zoom', keys: ['+', '-', '0', '1'] },
];
