import { clsx } from 'clsx';
import { useQuery } from '@tanstack/react-query';
import { Brush, ImageOff, PencilRuler } from 'lucide-react';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import { maybe, t } from '~/app/i18n';
import { money } from '~/lib/format';
import { railsOf, rowsOf, type FamilyRow } from '../family';
import { nameOf } from '../name';

const CREDITS_PER_DOLLAR = 100;

interface LineageProps {
  assetId: string;
  onOpen: (id: string) => void;
}

/** Where a picture came from and what was made from it: a line down to it, branches below. */
export function Lineage({ assetId, onOpen }: LineageProps) {
  const { data } = useQuery({
    queryKey: keys.family(assetId),
    queryFn: ({ signal }) => unwrap(api.GET('/api/content-assets/{asset_id}/lineage', { params: { path: { asset_id: assetId } }, signal })),
  });
  const rows = data ? rowsOf(data) : [];
  if (rows.length < 2) return null;
  return (
    <section className="mb-3.5">
      <h3 className="mb-1 px-1 text-section font-[620]">{t('lineage.title')}</h3>
      <ol>
        {rows.map((row, at) => (
          <Row key={row.member.id} row={row} here={row.member.id === assetId} first={at === 0} last={at === rows.length - 1} rails={railsOf(rows, at)} onOpen={onOpen} />
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  row: FamilyRow;
  here: boolean;
  first: boolean;
  last: boolean;
  rails: readonly number[];
  onOpen: (id: string) => void;
}

function Row({ row: { member, depth, count, helpers }, here, first, last, rails, onOpen }: RowProps) {
  const { id, thumbnail_url: thumbnail, trashed } = member;
  const name = here ? t('lineage.this') : count > 1 ? t('operation.social') : nameOf({ ...member, prompt: null });
  return (
    <li className="relative flex items-center">
      <button
        type="button"
        disabled={here || trashed}
        aria-current={here}
        onClick={() => onOpen(id)}
        className={clsx('flex h-11.5 min-w-0 flex-1 items-center gap-3 rounded-control pr-2 text-left', here ? 'bg-sunken' : 'enabled:hover:bg-sunken', trashed && 'opacity-60')}
        style={{ paddingLeft: 32 + depth * 22 }}
      >
        <Line depth={depth} here={here} first={first} last={last} rails={rails} />
        {thumbnail ? (
          <img src={thumbnail} alt="" width={48} height={32} loading="lazy" className={clsx('h-8 w-12 shrink-0 rounded-[8px] bg-sunken object-cover', count > 1 && 'shadow-[3px_-3px_0_-1px_var(--bg),3px_-3px_0_0_var(--line-strong)]')} />
        ) : (
          <ImageOff size={16} aria-hidden className="mx-4 shrink-0 text-muted" />
        )}
        <span className="min-w-0 flex-1 truncate text-body font-[550]">{name}</span>
        <span className="max-w-32 shrink-0 truncate text-caption text-muted">{trashed ? t('library.trash') : count > 1 ? t('lineage.crops', { count }) : noteOf(member)}</span>
      </button>
      {helpers.map((helper) => (
        <Helper key={helper.id} member={helper} onOpen={onOpen} />
      ))}
    </li>
  );
}

/** A mask or a guide that a picture was made with, small and with its sign. */
function Helper({ member: { id, purpose, thumbnail_url: thumbnail, trashed }, onOpen }: { member: FamilyRow['member']; onOpen: (id: string) => void }) {
  const name = purpose === 'guide' ? t('lineage.guide') : t('lineage.mask');
  const Sign = purpose === 'guide' ? PencilRuler : Brush;
  return (
    <button type="button" disabled={trashed} aria-label={name} title={name} onClick={() => onOpen(id)} className="relative ml-1 size-9 shrink-0 rounded-chip enabled:hover:bg-sunken disabled:opacity-60 max-sm:size-11">
      {thumbnail && <img src={thumbnail} alt="" width={28} height={28} loading="lazy" className="m-auto size-7 rounded-[7px] bg-sunken object-cover" />}
      <span aria-hidden className="over absolute -right-0.5 -bottom-0.5 flex size-4.5 items-center justify-center rounded-full border border-line">
        <Sign size={10} strokeWidth={2.2} />
      </span>
    </button>
  );
}

function noteOf({ operation, cost, provider }: FamilyRow['member']): string {
  if (!operation) return t('lineage.upload');
  const what = maybe(`library.op.${operation}`) ?? operation;
  return provider ? t('lineage.step', { what, price: money(cost / CREDITS_PER_DOLLAR) }) : what;
}

/** The line beside the rows: a dot on it for each step, a bend for each branch. */
function Line({ depth, here, first, last, rails }: { depth: number; here: boolean; first: boolean; last: boolean; rails: readonly number[] }) {
  if (depth > 0) {
    return (
      <>
        <span aria-hidden className="absolute border-b border-l border-line-strong" style={{ left: leftOf(depth - 1), top: -11.5, height: 35, width: 14, borderBottomLeftRadius: 8 }} />
        {rails.map((level) => (
          <span key={level} aria-hidden className="absolute inset-y-0 border-l border-line-strong" style={{ left: leftOf(level) }} />
        ))}
      </>
    );
  }
  return (
    <>
      <span aria-hidden className="absolute left-3.5 border-l border-line-strong" style={{ top: first ? '50%' : 0, bottom: last ? '50%' : 0 }} />
      <span aria-hidden className={clsx('absolute left-2 size-3 rounded-full border-2', here ? 'border-accent-fill bg-accent-fill' : 'border-line-strong bg-bg')} />
    </>
  );
}

const leftOf = (level: number) => 14 + level * 22;
