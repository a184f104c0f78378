import { useRef, useState } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Divider } from '~/features/picture/parts/Divider';
import { PictureLayer } from '~/features/picture/parts/PictureLayer';
import type { View } from '~/features/picture/view';
import { nameOfAsset } from '~/lib/format';
import { viewOf, type Look } from '../sync';
import { useLook } from '../useLook';

interface PairProps {
  /** Below, and above it on the slider's left. */
  pair: readonly [Asset, Asset];
  letters: readonly [string, string];
  look: Look;
  mode: 'slider' | 'hold';
  /** Whether the second is being looked at, where one looks by holding. */
  held: boolean;
  onLook: (look: Look) => void;
}

const sizeOf = ({ width, height }: Asset) => ({ width: width ?? 1, height: height ?? 1 });

/** Two pictures in one place: parted by a slider, or one while something is held. */
export function Pair({ pair: [first, second], letters, look, mode, held, onLook }: PairProps) {
  const stage = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(0.5);
  const { box, view } = useLook(stage, sizeOf(first), look, onLook);
  const [left, right] = [Math.max(0, view.x), Math.min(box.width, view.x + sizeOf(first).width * view.scale)];
  const cut = left + (right - left) * share;
  const layer = (asset: Asset, letter: string, at: View) => (
    <PictureLayer src={asset.file_url} alt={t('variants.alt', { letter, name: nameOfAsset(asset) })} size={sizeOf(asset)} view={at} />
  );
  const shown = mode === 'hold' && held ? 1 : 0;
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden rounded-control bg-sunken">
      <div ref={stage} className="absolute inset-0 touch-none overflow-hidden">
        {mode === 'slider' && layer(second, letters[1], viewOf(look, sizeOf(second), box))}
        {mode === 'hold' && layer(shown ? second : first, letters[shown], shown ? viewOf(look, sizeOf(second), box) : view)}
        {mode === 'slider' && (
          <>
            <div className="pointer-events-none absolute inset-0" style={{ clipPath: `inset(0 ${Math.max(0, box.width - cut)}px 0 0)` }}>
              {layer(first, letters[0], view)}
            </div>
            <Divider value={share} left={left} right={right} onChange={setShare} />
          </>
        )}
      </div>
      {(mode === 'slider' || shown === 0) && <Letter>{letters[0]}</Letter>}
      {(mode === 'slider' || shown === 1) && <Letter end>{letters[1]}</Letter>}
    </div>
  );
}

function Letter({ children, end = false }: { children: string; end?: boolean }) {
  return (
    <span aria-hidden className={`over pointer-events-none absolute top-3 flex size-9 items-center justify-center rounded-chip text-body font-[640] ${end ? 'right-3' : 'left-3'}`}>
      {children}
    </span>
  );
}
