/** The studio's mark: a sun over a hill, on a tile of ink. */
export function Mark({ size }: { size: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 36 36">
      <rect width="36" height="36" rx="10" className="fill-ink" />
      <circle cx="19" cy="14.5" r="5.5" className="fill-sun" />
      <path d="M7 26.5c3.6-6.4 6.6-6.8 10-2.4 2.8-2.6 5.2-5.3 12 2.4a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2z" className="fill-hill" />
    </svg>
  );
}
