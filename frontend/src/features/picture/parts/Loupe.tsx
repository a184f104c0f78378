import { useEffect, useRef, type RefObject } from 'react';
import { t } from '~/app/i18n';
import { toPicture, type Extent, type View } from '../view';

interface LoupeProps {
  /** Over which it moves. */
  stage: RefObject<HTMLElement | null>;
  before: string;
  after: string;
  /** Of the result, in pixels. */
  size: Extent;
  view: View;
}

/** Across, in pixels of the page. */
const WIDE = 256;

/** A round glass under the pointer: both pictures at 100 %, the one before at the left. */
export function Loupe({ stage, before, after, size, view }: LoupeProps) {
  const glass = useRef<HTMLDivElement>(null);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    const room = stage.current;
    if (!room) return undefined;
    const put = (x: number, y: number) => {
      if (!glass.current) return;
      const { style } = glass.current;
      const seen = toPicture(latest.current, { x, y });
      style.translate = `${x - WIDE / 2}px ${y - WIDE / 2}px`;
      style.setProperty('--glass-at', `${WIDE / 2 - seen.x / devicePixelRatio}px ${WIDE / 2 - seen.y / devicePixelRatio}px`);
    };
    const follow = ({ clientX, clientY }: PointerEvent) => {
      const { left, top } = room.getBoundingClientRect();
      put(clientX - left, clientY - top);
    };
    put(room.clientWidth * 0.66, room.clientHeight * 0.58);
    room.addEventListener('pointermove', follow);
    return () => room.removeEventListener('pointermove', follow);
  }, [stage]);
  const half = (src: string, clip: string) => (
    <span
      className="absolute inset-0 bg-bg bg-no-repeat"
      style={{
        backgroundImage: `url("${src}")`,
        backgroundSize: `${size.width / devicePixelRatio}px ${size.height / devicePixelRatio}px`,
        backgroundPosition: 'var(--glass-at)',
        clipPath: clip,
      }}
    />
  );
  return (
    <div ref={glass} aria-hidden className="pointer-events-none absolute top-0 left-0 size-64 rounded-full border-2 border-thumb shadow-pop">
      <span className="absolute inset-0 overflow-hidden rounded-full">
        {half(after, 'inset(0 0 0 50%)')}
        {half(before, 'inset(0 50% 0 0)')}
        <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-thumb" />
      </span>
      <span className="over absolute -bottom-7 left-1/2 -translate-x-1/2 rounded-chip px-2 py-0.5 text-caption font-[600] tabular-nums">{t('view.percent', { percent: 100 })}</span>
    </div>
  );
}
