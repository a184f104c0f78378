import { clsx } from 'clsx';

/** Colours side by side, as a band; a soft light where there are none. */
export function Palette({ colours, className }: { colours: readonly string[]; className: string }) {
  if (colours.length === 0) return <span aria-hidden className={clsx('block bg-linear-120 from-(--glow-a) to-(--glow-b)', className)} />;
  return (
    <span aria-hidden className={clsx('flex overflow-hidden', className)}>
      {colours.map((colour, index) => (
        <span key={index} className="flex-1" style={{ background: colour }} />
      ))}
    </span>
  );
}
