// Rules of networks in words: their names, and their limits with units.
import type { SocialCheck } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import { bytes } from '~/lib/format';

type Limit = SocialCheck['limit'] | null;

export const ruleName = (rule: string) => maybe(`social.rule.${rule}`) ?? rule.replaceAll('_', ' ');

const SIDES = /^(w_|h_|side_|short_side_|sum_sides_)/;
const SHARES = new Set(['ratio_tol', 'transparency_min']);

/** A limit, or what a file has of it, as people read it. */
export function limitText(rule: string, limit: Limit): string {
  if (limit === null || limit === undefined) return t('social.unknown');
  if (typeof limit === 'boolean') return limit ? t('social.yes') : t('social.no');
  if (Array.isArray(limit)) return limit.map((each) => String(each).toUpperCase()).join(', ');
  if (typeof limit !== 'number') return rule === 'types' ? String(limit).toUpperCase() : String(limit);
  if (rule.endsWith('_bytes')) return bytes(limit);
  if (rule === 'upscaled') return t('social.times', { factor: limit });
  if (SIDES.test(rule)) return t('mask.pixels', { count: limit });
  if (SHARES.has(rule)) return t('view.percent', { percent: Math.round(limit * 1000) / 10 });
  return String(limit);
}
