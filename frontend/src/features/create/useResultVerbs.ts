import { useNavigate } from '@tanstack/react-router';
import { asProblem } from '~/api/errors';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { titleOf } from '~/components/ImageStudio/ProblemBanner';
import { useFavorite, useRestore, useTrash } from '~/features/library/queries';
import { say } from '~/features/toasts/store';

/** The keys of a result, as `KeyboardEvent.key` gives them, in small letters. */
type ResultKey = 'f' | 'e' | 'u' | 's' | 'o' | 'c' | 'delete';

const sayWhy = (thrown: unknown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' });

interface Verbs {
  onPick: () => void;
  /** Undefined where there is nothing to compare with. */
  onCompare: (() => void) | undefined;
}

/** What can be done with a result: the strip, the menu and the keys all ask here. */
export function useResultVerbs(asset: Asset | undefined, { onPick, onCompare }: Verbs) {
  const navigate = useNavigate();
  const favorite = useFavorite();
  const trash = useTrash();
  const restore = useRestore();
  const send = (to: '/edit' | '/upscale' | '/social' | '/control') => asset && void navigate({ to, search: { asset: asset.id } });
  const toTrash = () => {
    if (!asset) return;
    trash.mutate(asset, {
      onSuccess: () =>
        say({
          text: t('asset.trashed'),
          image: asset.thumbnail_url,
          action: { label: t('action.undo'), perform: () => restore.mutate(asset.id, { onError: sayWhy }) },
        }),
      onError: sayWhy,
    });
  };
  const favour = () => asset && favorite.mutate(asset, { onError: sayWhy });
  const byKey: Record<ResultKey, () => void> = {
    f: favour,
    e: () => send('/edit'),
    u: () => send('/upscale'),
    s: () => send('/social'),
    o: () => send('/control'),
    c: onPick,
    delete: toTrash,
  };
  return { loved: asset?.is_favorite ?? false, favour, send, toTrash, onPick, onCompare, byKey };
}

export type ResultVerbs = ReturnType<typeof useResultVerbs>;
