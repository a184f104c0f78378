/** Our own line drawings of where a picture goes, on a field of 16. */
const DRAWN: Record<string, string> = {
  instagram: 'M5 2h6a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3ZM8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM11.4 4.6h.01',
  facebook: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM10 5.6H9.2q-1.2 0-1.2 1.2v7M6.3 8.7h3.2',
  twitter: 'M2.5 2.5h2.6l8.4 11h-2.6ZM13 2.5 9 7.1M3 13.5l4-4.6',
  linkedin: 'M4 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2ZM5.2 7.2v3.8M5.2 5h.01M8 11V7.2M8 8.8q.2-1.6 1.6-1.6t1.4 1.6V11',
  youtube: 'M4.5 3.5h7A2.5 2.5 0 0 1 14 6v4a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 2 10V6a2.5 2.5 0 0 1 2.5-2.5ZM7 6.3v3.4L9.8 8Z',
  pinterest: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.5 13.2 8 6.6M6.3 8.7q-.7-3.4 1.9-3.4 2.2.1 1.7 2.4-.5 2-1.8 1.8',
  tiktok: 'M9 2.5v7.6a2.4 2.4 0 1 1-2.4-2.4M9 2.5q.3 2.8 3.4 3.1',
  threads: 'M11.9 5.4Q11 2.5 8 2.5 3.7 2.5 3.7 8T8 13.5q3.6 0 3.6-2.7 0-2.6-3.7-2.6-2 .1-2 1.7 0 1.4 1.7 1.4 2.3 0 2.3-3 0-2-1.9-2-1.1 0-1.6.9',
  bluesky: 'M8 7.5Q6.6 4.4 3.4 3q-1-.3-1 .9 0 4 2.4 4.4-2.3.5-1.3 2.3 2 3 4.5-1 2.5 4 4.5 1 1-1.8-1.3-2.3 2.4-.4 2.4-4.4 0-1.2-1-.9Q9.4 4.4 8 7.5Z',
  reddit: 'M8 5.5c3.3 0 5.8 1.7 5.8 4S11.3 13.5 8 13.5s-5.8-1.7-5.8-4 2.5-4 5.8-4ZM5.9 9h.01M10.1 9h.01M6 11.3q2 1 4 0M8 5.5l.7-3 2.6.6',
  mastodon: 'M4.5 2.5h7a2 2 0 0 1 2 2V8q0 2.5-2.5 2.5H6.5q.3 2.3 3.5 2-4.5 1.8-6.5-1.5Q2.5 9 2.5 4.5a2 2 0 0 1 2-2ZM5.5 8.3V6Q5.5 4.7 6.7 4.7T8 6v1.3M8 6q0-1.3 1.2-1.3T10.5 6v2.3',
  email: 'M3.5 3.5h9A1.5 1.5 0 0 1 14 5v6a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11V5a1.5 1.5 0 0 1 1.5-1.5ZM2.5 5 8 9l5.5-4',
  blog: 'M3.5 2.5h9v11h-9ZM5.8 5.5h4.4M5.8 8h4.4M5.8 10.5h2.4',
};
const ELSEWHERE = 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2 8h12M8 2q-3 2.6-3 6t3 6q3-2.6 3-6T8 2Z';

/** The sign of a network; of one without a drawing, a globe. */
export function Glyph({ platform, size = 15 }: { platform: string; size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.35" strokeLinecap="round" strokeLinejoin="round" className="shrink-0">
      <path d={DRAWN[platform] ?? ELSEWHERE} />
    </svg>
  );
}
