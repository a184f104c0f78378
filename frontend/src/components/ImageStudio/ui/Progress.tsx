/** What readers are told of work that goes on; `value` is 0..1. */
export const progressOf = (label: string, value: number) => ({
  role: 'progressbar',
  'aria-label': label,
  'aria-valuenow': Math.round(value * 100),
  'aria-valuemin': 0,
  'aria-valuemax': 100,
});

/** A thin bar; `value` is 0..1. */
export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <div {...progressOf(label, value)} className="mt-1.5 h-[3px] rounded-full bg-line">
      <div className="h-full rounded-full bg-accent transition-[width] duration-240 ease-studio" style={{ width: `${Math.round(value * 100)}%` }} />
    </div>
  );
}
