// Every visible string: a typed `t()` over flat JSON, a file for each room. Only the reader's language is loaded.
import { recall, remember } from '~/lib/persist';
import type english from '~/locales/en';
import type later from '~/locales/en/dev.json';

type Bare<Key> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;
export type MessageKey = Bare<keyof typeof english | keyof typeof later>;
type Messages = Record<string, string>;
type Values = Record<string, string | number>;

const LANGUAGES = import.meta.glob<Messages>('../locales/*/index.ts', { import: 'default' });
/** Words of pages that hardly anybody opens; they come with those. */
const LATER = import.meta.glob<Messages>('../locales/*/dev.json', { import: 'default' });
const USUAL = 'en';

/** Where the reader's own choice is kept. */
const CHOICE = 'language';

/** The languages that there are, by code. */
export const LANGUAGE_CODES: readonly string[] = Object.keys(LANGUAGES).map((path) => path.split('/')[2] ?? '');

const isCode = (value: unknown): value is string => LANGUAGE_CODES.includes(value as string);

/** What the reader chose; null: as the browser says. */
export const chosenLanguage = () => recall(CHOICE, isCode);

/** Keeps a choice in this browser, or forgets it; the page is read anew, since every word changes. */
export function chooseLanguage(code: string | null): void {
  remember(CHOICE, code);
  globalThis.location.reload();
}

let language = USUAL;
let messages: Messages = {};
let plurals = new Intl.PluralRules(language);

/** Loads the first of the reader's languages that there is a file for; call it once, before the first render. */
export async function speak(wanted: readonly string[]): Promise<void> {
  for (const tag of [...wanted, USUAL]) {
    const code = tag.split('-')[0] ?? tag;
    const load = LANGUAGES[`../locales/${code}/index.ts`];
    if (!load) continue;
    messages = await load();
    language = code;
    plurals = new Intl.PluralRules(code);
    document.documentElement.lang = code;
    return;
  }
}

/** Loads the words of the parts shown in `/dev/ui`, in the language in use. */
export async function learnParts(): Promise<void> {
  const load = LATER[`../locales/${language}/dev.json`];
  if (load) messages = { ...messages, ...(await load()) };
}

/** The language in use, for Intl. */
export const currentLanguage = () => language;

/** The message of a key with `{name}` filled in; with a `count`, the form that the language wants for it. */
export function t(key: MessageKey, values: Values = {}): string {
  const count = values['count'];
  const form = typeof count === 'number' ? `${key}_${plurals.select(count)}` : key;
  const text = messages[form] ?? messages[`${key}_other`] ?? messages[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The message of a key that the server decided (`problem.<code>`), if there is one. */
export function maybe(key: string): string | undefined {
  return messages[key];
}
