import { useState } from 'react';
import type { Asset, BulkAnswer } from '~/api/types';
import { t } from '~/app/i18n';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';
import { refusedOf, useBulk, type BulkOrder, type Refused } from './bulk';

export interface Outcome {
  done: number;
  of: number;
  refused: readonly Refused[];
}

/** One verb for many: said at the bottom when all went well, with the way back; shown one by one where some didn't. */
export function useBulkFlow() {
  const bulk = useBulk();
  const [outcome, setOutcome] = useState<Outcome>();

  const tell = (order: BulkOrder, answer: BulkAnswer, text: string) => {
    const refused = refusedOf(answer, order.assets);
    if (refused.length > 0) setOutcome({ done: answer.done, of: order.assets.length, refused });
    if (answer.done === 0) return;
    const done = order.assets.filter(({ id }) => !refused.some((each) => each.id === id));
    const way = WAY_BACK[order.action];
    const undo = way && { action: { label: t('action.undo'), perform: () => bulk.mutate({ ...order, action: way, assets: done }, { onError: sayProblem }) } };
    say({ text, image: done[0]?.thumbnail_url ?? null, ...undo });
  };
  const run = (order: BulkOrder, text: (count: number) => string, then?: () => void) =>
    bulk.mutate(order, {
      onSuccess: (answer) => {
        tell(order, answer, text(answer.done));
        then?.();
      },
      onError: sayProblem,
    });

  const favorite = (assets: readonly Asset[]) => {
    const all = assets.every(({ is_favorite: on }) => on);
    run({ action: all ? 'unfavorite' : 'favorite', assets }, (count) => (all ? t('bulk.unfavorited', { count }) : t('bulk.favorited', { count })));
  };
  return {
    busy: bulk.isPending,
    outcome,
    settle: () => setOutcome(undefined),
    favorite,
    trash: (assets: readonly Asset[]) => run({ action: 'delete', assets }, (count) => t('bulk.trashed', { count })),
    restore: (assets: readonly Asset[]) => run({ action: 'restore', assets }, (count) => t('bulk.restored', { count })),
    purge: (assets: readonly Asset[]) => run({ action: 'purge', assets }, (count) => t('bulk.purged', { count })),
    tag: (assets: readonly Asset[], tags: string[]) =>
      run({ action: 'tag', assets, tags }, (count) => t('bulk.tagged', { count, tags: tags.join(', ') })),
    collect: (assets: readonly Asset[], id: string, name: string) =>
      run({ action: 'add_to_collection', assets, collection_id: id }, (count) => t('bulk.collected', { count, name })),
    leave: (assets: readonly Asset[], id: string) =>
      run({ action: 'remove_from_collection', assets, collection_id: id }, (count) => t('bulk.left', { count })),
  };
}

/** What takes a verb back. */
const WAY_BACK: Partial<Record<BulkOrder['action'], BulkOrder['action']>> = {
  delete: 'restore',
  restore: 'delete',
  tag: 'untag',
  add_to_collection: 'remove_from_collection',
  remove_from_collection: 'add_to_collection',
};
