import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { sayProblem } from '~/features/toasts/problem';
import { say } from '~/features/toasts/store';
import { toTray } from '~/features/tray/store';
import { useLatest } from '~/lib/react';
import { useExport } from '../bulk';
import { inTrash } from '../filter';
import type { LibrarySearch } from '../search';
import { shareFiles } from '../share';
import { useBulkFlow } from '../useBulkFlow';
import { BulkBar, COMPARED } from './BulkBar';
import { CollectDialog } from './CollectDialog';
import { Outcomes } from './Outcomes';
import { PurgeDialog } from './PurgeDialog';
import { TagDialog } from './TagDialog';

interface ChosenAssetsProps {
  chosen: ReadonlyMap<string, Asset>;
  search: LibrarySearch;
  onClear: () => void;
  onUsed: (asset: Asset, how: 'download' | 'share') => void;
}

/** The chosen pictures and everything that can be done with all of them. */
export function ChosenAssets({ chosen, search, onClear, onUsed }: ChosenAssetsProps) {
  const navigate = useNavigate();
  const flow = useBulkFlow();
  const pack = useExport();
  const [asking, setAsking] = useState<'tag' | 'collect' | 'purge'>();
  const assets = [...chosen.values()];
  const trash = inTrash(search);
  const { collection } = search;
  const ended = () => setAsking(undefined);

  const compare = () => {
    if (assets.length > 1 && assets.length <= COMPARED) void navigate({ to: '/compare', search: { ids: [...chosen.keys()].join(',') } });
  };
  const remove = () => {
    flow.trash(assets);
    onClear();
  };
  const share = () =>
    void shareFiles(assets).then((done) => {
      if (done) for (const asset of assets) onUsed(asset, 'share');
    }, sayProblem);
  const download = () => {
    say({ text: t('bulk.packing', { count: assets.length }) });
    pack.mutate({ asset_ids: [...chosen.keys()] }, { onError: sayProblem });
  };
  useChosenKeys(trash ? {} : { f: () => flow.favorite(assets), c: compare, delete: remove });
  return (
    <>
      {assets.length > 0 && (
        <BulkBar
          chosen={assets}
          trash={trash}
          busy={flow.busy || pack.isPending}
          acts={{
            clear: onClear,
            tag: () => setAsking('tag'),
            collect: () => setAsking('collect'),
            leave: collection === undefined ? undefined : () => flow.leave(assets, collection),
            export: download,
            share,
            favorite: () => flow.favorite(assets),
            trash: remove,
            restore: () => {
              flow.restore(assets);
              onClear();
            },
            purge: () => setAsking('purge'),
            toTray: () => toTray(...chosen.keys()),
            send: (to, { id }) => void navigate({ to, search: { asset: id } }),
          }}
        />
      )}
      {asking === 'tag' && <TagDialog count={assets.length} onClose={ended} onTag={(tags) => (flow.tag(assets, tags), ended())} />}
      {asking === 'collect' && <CollectDialog count={assets.length} onClose={ended} onCollect={(id, name) => (flow.collect(assets, id, name), ended())} />}
      {asking === 'purge' && <PurgeDialog count={assets.length} onClose={ended} onPurge={() => (flow.purge(assets), onClear())} />}
      {flow.outcome && <Outcomes outcome={flow.outcome} onClose={flow.settle} />}
    </>
  );
}

/** What the keys of one picture do for all that are chosen. */
function useChosenKeys(does: Record<string, () => void>): void {
  const latest = useLatest(does);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [latest]);
}
