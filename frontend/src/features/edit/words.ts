// The words of an operation: ours where we have some, the server's otherwise.
import { maybe, t } from '~/app/i18n';
import type { EditOperation } from '~/api/types';
import type { Word } from './form';
import type { Option } from './options';

export const nameOf = (key: string, operation: EditOperation) => maybe(`edit.name.${key}`) ?? operation.label;

export const aboutOf = (key: string, operation: EditOperation) => maybe(`edit.about.${key}`) ?? operation.description;

export const optionName = ({ name, title }: Option) => maybe(`edit.option.${name}`) ?? title;

export const valueName = (value: string) => maybe(`edit.value.${value}`) ?? value;

/** What a field in words is called for an operation. */
export const labelOf = (key: string, word: Word) => maybe(`edit.label.${key}.${word}`) ?? maybe(`edit.words.${word}`) ?? word;

export const hintOf = (key: string, word: Word) => maybe(`edit.hint.${key}.${word}`) ?? '';

/** What is said on the button of an operation that lacks something. */
export const needsOf = (missing: string) => maybe(`edit.needs.${missing}`) ?? t('edit.needsMore');
