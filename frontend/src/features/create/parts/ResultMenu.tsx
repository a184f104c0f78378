import { Ellipsis, FileDown, Heart, Info, Layers, Repeat2, Scissors, SquareSplitHorizontal, Trash2 } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Kbd } from '~/components/ImageStudio/ui/Kbd';
import { Menu, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { useCutOutFlow } from '~/features/library/cutout';
import { STUDIOS } from '~/features/picture/sendTo';
import { saveAs } from '~/features/saveas/store';
import { toTray } from '~/features/tray/store';
import type { ResultVerbs } from '../useResultVerbs';

const KEY = { '/edit': 'E', '/upscale': 'U', '/social': 'S', '/control': 'O' } as const;

interface ResultMenuProps {
  id: string;
  name: string;
  picked: boolean;
  verbs: ResultVerbs;
  onAgain: () => void;
}

/** Everything that can be done with a result, with the keys that do it. */
export function ResultMenu({ id, name, picked, verbs, onAgain }: ResultMenuProps) {
  const navigate = useNavigate();
  const cutOut = useCutOutFlow();
  return (
    <Menu
      trigger={
        <IconButton look="over" label={t('results.menu', { name })}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
    >
      {STUDIOS.map(({ to, label, Icon }) => (
        <MenuItem key={to} icon={<Icon size={16} aria-hidden />} onSelect={() => verbs.send(to)}>
          <Labelled text={t(label)} letter={KEY[to]} />
        </MenuItem>
      ))}
      <MenuItem icon={<Scissors size={16} aria-hidden />} onSelect={() => cutOut.start(id)}>
        {t('asset.cutOut')}
      </MenuItem>
      <MenuItem icon={<FileDown size={16} aria-hidden />} onSelect={() => saveAs(id)}>
        {t('saveAs.open')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Heart size={16} aria-hidden />} onSelect={verbs.favour}>
        <Labelled text={verbs.loved ? t('asset.unfavorite') : t('asset.favorite')} letter="F" />
      </MenuItem>
      <MenuItem icon={<SquareSplitHorizontal size={16} aria-hidden />} onSelect={verbs.onPick}>
        <Labelled text={picked ? t('results.unpick') : t('results.pick')} letter="C" />
      </MenuItem>
      <MenuItem icon={<Repeat2 size={16} aria-hidden />} onSelect={onAgain}>
        {t('results.againSeed')}
      </MenuItem>
      <MenuItem icon={<Layers size={16} aria-hidden />} onSelect={() => toTray(id)}>
        {t('tray.add')}
      </MenuItem>
      <MenuItem icon={<Info size={16} aria-hidden />} onSelect={() => void navigate({ to: '/library', search: { asset: id } })}>
        {t('asset.details')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 size={16} aria-hidden />} onSelect={verbs.toTrash}>
        <Labelled text={t('asset.trash')} letter={t('keys.del')} />
      </MenuItem>
    </Menu>
  );
}

function Labelled({ text, letter }: { text: string; letter: string }) {
  return (
    <>
      <span className="flex-1 pr-4">{text}</span>
      <Kbd>{letter}</Kbd>
    </>
  );
}
