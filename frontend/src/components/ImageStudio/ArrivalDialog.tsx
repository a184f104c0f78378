import { Check, Layers, Scissors } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { PLACES } from '~/actions/places';
import type { ActionContext } from '~/actions/registry';
import { asProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { settle } from '~/features/drop/store';
import { useCutOut, useUpload } from '~/features/library/queries';
import { say } from '~/features/toasts/store';
import { nameOfAsset } from '~/lib/format';
import { ProblemBanner, titleOf } from './ProblemBanner';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';

/** Pictures that were dropped or pasted: they go into the library, and the person says what is next. */
export function ArrivalDialog({ files, context }: { files: readonly File[]; context: ActionContext }) {
  const { mutate, data, error, isPending } = useUpload();
  const sent = useRef<readonly File[]>(null);
  useEffect(() => {
    // Effects may run twice; files are sent once.
    if (sent.current === files) return;
    sent.current = files;
    mutate(files);
  }, [files, mutate]);
  const assets = data?.assets ?? [];
  const refused = data?.errors ?? [];
  const title = error ? t('drop.failed') : isPending || !data ? t('drop.coming', { count: files.length }) : t('drop.there', { count: assets.length });
  return (
    <Dialog title={title} open onClose={settle}>
      <div className="scroll-quiet overflow-y-auto px-5 pb-5">
        <Pictures files={files} coming={isPending} />
        {error && <ProblemBanner problem={error} action={<Button onClick={() => mutate(files)}>{t('action.retry')}</Button>} />}
        {refused.map(({ filename, detail }) => (
          <p key={filename} role="alert" className="mb-2 text-second text-danger">
            {[filename, detail].filter(Boolean).join(': ')}
          </p>
        ))}
        {assets[0] && <Choices assets={assets} first={assets[0]} context={context} />}
      </div>
    </Dialog>
  );
}

/** What came, as it lies on the person's own machine: seen before it is sent. */
function Pictures({ files, coming }: { files: readonly File[]; coming: boolean }) {
  const addresses = useMemo(() => files.slice(0, 4).map((file) => URL.createObjectURL(file)), [files]);
  useEffect(() => () => addresses.forEach((each) => URL.revokeObjectURL(each)), [addresses]);
  return (
    <div className="mb-4 flex gap-2">
      {addresses.map((address) => (
        <img key={address} src={address} alt="" className="checkerboard h-44 min-w-0 flex-1 rounded-card object-cover data-[coming=true]:opacity-60" data-coming={coming} />
      ))}
    </div>
  );
}

interface ChoicesProps {
  assets: readonly Asset[];
  first: Asset;
  context: ActionContext;
}

const then = (perform: () => void) => () => {
  settle();
  perform();
};

function Choices({ assets, first, context }: ChoicesProps) {
  const cutOut = useCutOut();
  const one = assets.length === 1;
  const cut = () =>
    cutOut.mutate(first.id, {
      onSuccess: () => say({ text: t('drop.cutting', { name: nameOfAsset(first) }), image: first.thumbnail_url ?? first.file_url }),
      onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }),
    });
  return (
    <div className="grid grid-cols-2 gap-2">
      {one &&
        PLACES.filter(({ takesPicture }) => takesPicture).map(({ to, label, Icon }, index) => (
          <Button key={to} look={index === 0 ? 'ink' : 'plain'} className="justify-start" onClick={then(() => context.go(to, first.id))}>
            <Icon size={16} aria-hidden />
            {t(label)}
          </Button>
        ))}
      {one && (
        <Button className="justify-start" onClick={then(cut)}>
          <Scissors size={16} aria-hidden />
          {t('asset.cutOut')}
        </Button>
      )}
      <Button className="justify-start" onClick={then(() => assets.forEach(({ id }) => context.toTray(id)))}>
        <Layers size={16} aria-hidden />
        {t('tray.add')}
      </Button>
      <Button look="quiet" className="col-span-2" onClick={settle}>
        <Check size={16} aria-hidden />
        {t('drop.keep')}
      </Button>
    </div>
  );
}
