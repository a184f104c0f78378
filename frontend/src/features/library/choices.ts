// What can be chosen to narrow the library, from what is in it.
import { currentLanguage, maybe, t } from '~/app/i18n';
import { KIND_KEYS, tagsOf } from './filter';
import type { LibrarySearch } from './search';
import { useStatistics } from './shelf';

export interface Choice {
  value: string;
  text: string;
  note?: string | undefined;
}

export interface Group {
  word: 'type' | 'network' | 'engine' | 'tags' | 'from';
  label: string;
  choices: readonly Choice[];
}

const counted = (counts: Record<string, number> | undefined, name: (key: string) => string): Choice[] =>
  Object.entries(counts ?? {})
    .toSorted(([, a], [, b]) => b - a)
    .map(([value, count]) => ({ value, text: name(value), note: t('library.count', { count }) }));

const day = (date: Date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

/** Days to look back to; today counts. */
function since(now = new Date()): Choice[] {
  const back = (days: number) => day(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
  return [
    { value: back(0), text: t('library.today') },
    { value: back(6), text: t('library.week') },
    { value: back(29), text: t('library.days30') },
    { value: day(new Date(now.getFullYear(), 0, 1)), text: t('library.year') },
  ];
}

export const networkName = (key: string) => maybe(`platform.${key}`) ?? key;
export const engineName = (key: string) => maybe(`library.engine.${key}`) ?? key.charAt(0).toUpperCase() + key.slice(1);
export const kindName = (key: string) => maybe(`library.kind.${key}`) ?? key;
export const swatchName = (key: string) => maybe(`library.swatch.${key}`) ?? key;

/** The menus; each knows only what would find something. */
export function useGroups(): Group[] {
  const { data } = useStatistics();
  const tags = (data?.tags ?? []).map(({ tag, count }) => ({ value: tag, text: tag, note: t('library.count', { count }) }));
  return [
    { word: 'type', label: t('library.type'), choices: KIND_KEYS.map((value) => ({ value, text: kindName(value) })) },
    { word: 'network', label: t('library.network'), choices: counted(data?.by_platform, networkName) },
    { word: 'engine', label: t('library.engine'), choices: counted(data?.by_provider, engineName) },
    { word: 'tags', label: t('library.tag'), choices: tags },
    { word: 'from', label: t('library.date'), choices: since() },
  ];
}

/** What a menu says while it narrows: the choice's own name. */
export function shown({ word, choices }: Group, search: LibrarySearch): string | undefined {
  const value = search[word];
  if (value === undefined) return word === 'from' && search.to ? t('library.until', { day: dayName(search.to) }) : undefined;
  if (word === 'tags') return tagsOf(search).join(', ');
  const text = choices.find((choice) => choice.value === value)?.text;
  if (word !== 'from') return text ?? value;
  return search.to ? t('library.between', { from: dayName(value), to: dayName(search.to) }) : (text ?? t('library.since', { day: dayName(value) }));
}

const dayName = (iso: string) => new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'short' }).format(new Date(`${iso}T12:00:00`));

