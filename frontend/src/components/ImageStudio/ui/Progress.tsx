/** A thin bar; `value` is 0..1. */
export function Progress({ value, label }: { value: number; label: string }) {
  const percent = Math.round(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="mt-1.5 h-[3px] rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-accent transition-[width] duration-240 ease-studio" style={{ width: `${percent}%` }} />
    </div>
  );
}
