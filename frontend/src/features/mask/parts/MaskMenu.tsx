import { Download, Ellipsis, Feather, ImageUp, Mountain, PenTool, SquareDashed, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { say } from '~/features/toasts/store';
import { levelsIn } from '../aside';
import type { MaskEngine } from '../engine/engine';
import type { Tool } from '../engine/pen';
import { saveMask, TOOL_NAMES } from '../useMask';

/** What the editor can show and do besides drawing. */
export interface MaskMenuProps {
  engine: MaskEngine;
  tool: Tool;
  /** The tools that have no button. */
  spare: readonly Tool[];
  /** 0..100 */
  softness: number;
  pressure: boolean;
  outline: boolean;
  /** Why the subject can't be found here; null where it can. */
  noSubject: string | null;
  onTool: (tool: Tool) => void;
  onSoftness: (softness: number) => void;
  onPressure: (on: boolean) => void;
  onOutline: (on: boolean) => void;
  onBackground: () => void;
  onEdge: () => void;
}

/** How soft, and in words. */
const RIMS = [
  [0, 'mask.rim.0'],
  [40, 'mask.rim.40'],
  [80, 'mask.rim.80'],
] as const;

export function MaskMenu({ engine, tool, spare, softness, noSubject, onTool, onSoftness, onBackground, onEdge, ...shown }: MaskMenuProps) {
  const input = useRef<HTMLInputElement>(null);
  // Read anew each time it opens, not with every stroke.
  const [, setOpened] = useState(0);
  const rim = String(RIMS.findLast(([each]) => softness >= each - 20)?.[0] ?? 0);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('mask.more')} onPointerDown={() => setOpened((times) => times + 1)}>
            <Ellipsis size={18} aria-hidden />
          </IconButton>
        }
      >
        {spare.length > 0 && (
          <>
            <MenuChoices value={tool} onChange={(value) => onTool(value as Tool)} options={spare.map((value) => ({ value, text: t(TOOL_NAMES[value]) }))} />
            <MenuLine />
            <MenuChoices value={rim} onChange={(value) => onSoftness(Number(value))} options={RIMS.map(([value, name]) => ({ value: String(value), text: t(name) }))} />
            <MenuLine />
          </>
        )}
        <MenuItem icon={<Mountain size={16} aria-hidden />} disabled={noSubject !== null} onSelect={onBackground}>
          {t('mask.background')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Feather size={16} aria-hidden />} disabled={engine.empty} onSelect={onEdge}>
          {t('mask.edge')} …
        </MenuItem>
        <MenuItem icon={<Trash2 size={16} aria-hidden />} disabled={engine.empty} onSelect={() => engine.clear()}>
          {t('mask.clear')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<ImageUp size={16} aria-hidden />} onSelect={() => input.current?.click()}>
          {t('mask.import')}
        </MenuItem>
        <MenuItem icon={<Download size={16} aria-hidden />} disabled={engine.empty} onSelect={() => saveMask(engine)}>
          {t('mask.save')}
        </MenuItem>
        <MenuLine />
        <Look {...shown} />
      </Menu>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('mask.import')}
        onChange={({ target }) => {
          if (target.files?.[0]) void bring(engine, target.files[0]);
          target.value = '';
        }}
      />
    </>
  );
}

function Look({ outline, pressure, onOutline, onPressure }: Pick<MaskMenuProps, 'outline' | 'pressure' | 'onOutline' | 'onPressure'>) {
  return (
    <>
      <MenuItem icon={<SquareDashed size={16} aria-hidden />} onSelect={() => onOutline(!outline)}>
        {outline ? t('mask.asTint') : t('mask.asOutline')}
      </MenuItem>
      <MenuItem icon={<PenTool size={16} aria-hidden />} onSelect={() => onPressure(!pressure)}>
        {pressure ? t('mask.pressureOff') : t('mask.pressureOn')}
      </MenuItem>
    </>
  );
}

/** Adds the mask in a file; one of another size is brought to the picture's. */
async function bring(engine: MaskEngine, file: File): Promise<void> {
  try {
    engine.add(await levelsIn(file, engine.mask.width, engine.mask.height));
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    say({ text: t('mask.noPicture', { name: file.name }), tone: 'danger' });
  }
}
