import { lazy, Suspense, useState } from 'react';
import type { Asset } from '~/api/types';
import type { useContentAssets } from '~/hooks/useContentAssets';
import { useBulkFlow } from '../useBulkFlow';
import { AssetDrawer } from './AssetDrawer';

const CollectDialog = lazy(async () => ({ default: (await import('./CollectDialog')).CollectDialog }));
const PurgeDialog = lazy(async () => ({ default: (await import('./PurgeDialog')).PurgeDialog }));

interface OpenedAssetProps {
  asset: Asset;
  library: ReturnType<typeof useContentAssets>;
  onClose: () => void;
  onOpen: (id: string) => void;
  onView: () => void;
}

/** The details of one picture and what they lead to. */
export function OpenedAsset({ asset, library, onClose, onOpen, onView }: OpenedAssetProps) {
  const flow = useBulkFlow();
  const [asking, setAsking] = useState<'collect' | 'purge'>();
  const ended = () => setAsking(undefined);
  const leave = (verb: () => void) => () => {
    onClose();
    verb();
  };
  return (
    <>
      <AssetDrawer
        asset={asset}
        acts={{
          close: onClose,
          view: onView,
          open: onOpen,
          favorite: () => library.toggleFavorite(asset),
          trash: leave(() => library.deleteAsset(asset)),
          restore: leave(() => library.restoreAsset(asset)),
          purge: () => setAsking('purge'),
          rename: (title) => library.changeAsset(asset, { title }),
          retag: (tags) => library.changeAsset(asset, { tags }),
          collect: () => setAsking('collect'),
          used: (how) => library.trackUsage(asset, how),
        }}
      />
      <Suspense>
        {asking === 'collect' && <CollectDialog count={1} onClose={ended} onCollect={(id, name) => (flow.collect([asset], id, name), ended())} />}
        {asking === 'purge' && <PurgeDialog count={1} onClose={ended} onPurge={leave(() => flow.purge([asset]))} />}
      </Suspense>
    </>
  );
}
