import type { Viewing } from '~/features/picture/useView';
import type { Shape } from '../engine/pen';
import { ellipseIn } from '../engine/shapes';

const corners = ({ left, top, right, bottom }: { left: number; top: number; right: number; bottom: number }) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

function pointsOf(shape: Shape) {
  if (shape.kind === 'path') return shape.points;
  return shape.kind === 'ellipse' ? ellipseIn(shape.box) : corners(shape.box);
}

/** The outline of what is not marked yet: dark and light, so that it is seen on anything. */
export function ShapeLayer({ shape, viewing }: { shape: Shape | null; viewing: Viewing }) {
  if (!shape) return null;
  const { scale, x, y } = viewing.view;
  const points = pointsOf(shape);
  const line = points.map((point) => `${(point.x * scale + x).toFixed(1)},${(point.y * scale + y).toFixed(1)}`).join(' ');
  const [first] = points;
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full text-thumb">
      <polygon points={line} fill="rgb(0 0 0 / 12%)" stroke="rgb(0 0 0 / 55%)" strokeWidth={3} strokeLinejoin="round" />
      <polygon points={line} fill="none" stroke="currentColor" strokeWidth={1.5} strokeDasharray="5 4" strokeLinejoin="round" />
      {shape.kind === 'path' && first && <circle cx={first.x * scale + x} cy={first.y * scale + y} r={4.5} stroke="rgb(0 0 0 / 55%)" fill="currentColor" />}
    </svg>
  );
}
