/** A small outline with the sides of a picture. */
export function ShapeGlyph({ ratio }: { ratio: number }) {
  const width = Math.min(15, Math.max(6, 11 * Math.sqrt(ratio)));
  const height = Math.min(13, Math.max(5, 11 / Math.sqrt(ratio)));
  return (
    <svg aria-hidden width={width + 2} height={height + 2} className="shrink-0" fill="none" stroke="currentColor" strokeWidth="1.4">
      <rect x="1" y="1" width={width} height={height} rx="2" />
    </svg>
  );
}
