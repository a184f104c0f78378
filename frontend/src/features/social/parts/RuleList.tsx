import { Check, CircleHelp, TriangleAlert, X } from 'lucide-react';
import { clsx } from 'clsx';
import type { FormatsAnswer, SocialCheck } from '~/api/types';
import { maybe, t } from '~/app/i18n';
import type { Place } from '../kit';
import { limitText, ruleName } from '../rules';

const lookOf = ({ ok, level }: SocialCheck) => {
  if (ok === null) return { Icon: CircleHelp, skin: 'text-muted', says: t('social.untold') };
  if (ok) return { Icon: Check, skin: 'text-ok', says: t('social.kept') };
  return level === 'must' ? { Icon: X, skin: 'text-danger', says: t('social.broken') } : { Icon: TriangleAlert, skin: 'text-warn', says: t('social.advised') };
};

/** Every rule that a file was held against: what it has, what is asked for, what to do, and how well the rule is known. */
export function CheckList({ checks }: { checks: readonly SocialCheck[] }) {
  const worst = checks.toSorted((a, b) => rank(a) - rank(b));
  return (
    <ul className="divide-y divide-line">
      {worst.map((check) => {
        const { Icon, skin, says } = lookOf(check);
        return (
          <li key={check.rule} className="flex gap-2.5 py-2">
            <Icon size={16} role="img" aria-label={says} className={clsx('mt-0.5 shrink-0', skin)} />
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3">
                <span className="font-[560]">{ruleName(check.rule)}</span>
                <span className="text-right text-second text-muted tabular-nums">
                  {against(check)}
                </span>
              </p>
              {check.fix && <p className={clsx('text-second', check.ok === false ? skin : 'text-muted')}>{check.fix}</p>}
              <Known grade={check.grade} pages={check.source} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What a file has and what is asked for, once where both are the same. */
function against({ rule, value, limit }: SocialCheck): string {
  const [has, asked] = [limitText(rule, value), limitText(rule, limit)];
  return has === asked ? has : t('social.instead', { value: has, limit: asked });
}

const rank = ({ ok, level }: SocialCheck) => (ok === false ? (level === 'must' ? 0 : 1) : ok === null ? 2 : 3);

/** The rules of a format before anything was made. */
export function Rules({ place, sources }: { place: Place; sources: FormatsAnswer['sources'] }) {
  const pagesOf = (names: readonly string[]) => names.flatMap((name) => sources[name]?.pages ?? []);
  return (
    <ul className="divide-y divide-line">
      <li className="py-2">
        <p className="flex justify-between gap-3">
          <span className="font-[560]">{ruleName('size')}</span>
          <span className="text-second text-muted tabular-nums">
            {t('size.pixels', { width: place.width, height: place.height })}, {place.ratio}
          </span>
        </p>
        <Known grade={place.grades['size'] ?? place.grade} pages={pagesOf(place.sources)} />
      </li>
      {place.rules.map(({ rule, limit, grade, sources: names }) => (
        <li key={rule} className="py-2">
          <p className="flex justify-between gap-3">
            <span className="font-[560]">{ruleName(rule)}</span>
            <span className="text-right text-second text-muted tabular-nums">{limitText(rule, limit)}</span>
          </p>
          <Known grade={grade} pages={pagesOf(names)} />
        </li>
      ))}
    </ul>
  );
}

const hostOf = (page: string) => (URL.canParse(page) ? new URL(page).hostname.replace(/^www\./, '') : null);

/** How well a figure is known, and where it was read. */
function Known({ grade, pages }: { grade: string; pages: readonly string[] }) {
  return (
    <p className="text-caption text-muted">
      {maybe(`social.grade.${grade}`) ?? grade}
      {pages.slice(0, 3).map((page) => {
        const host = hostOf(page);
        if (!host) return <span key={page}>{`, ${page}`}</span>;
        return (
          <span key={page}>
            {', '}
            <a href={page} target="_blank" rel="noreferrer" className="underline underline-offset-2 hover:text-fg">
              {host}
            </a>
          </span>
        );
      })}
    </p>
  );
}
