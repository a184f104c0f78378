import type { Place } from '../kit';

/** What the network covers, cuts or wants kept free, drawn over a preview; never on a file. */
export function Zones({ place }: { place: Place }) {
  const { width, height, safe_px: safe, keepout, shape } = place;
  const { top = 0, right = 0, bottom = 0, left = 0 } = safe;
  const free = { x: left, y: top, width: width - left - right, height: height - top - bottom };
  const whole = `M0 0H${width}V${height}H0Z`;
  const round = `M0 ${height / 2}a${width / 2} ${height / 2} 0 1 0 ${width} 0a${width / 2} ${height / 2} 0 1 0 ${-width} 0Z`;
  const inner = shape === 'circle' ? round : `M${free.x} ${free.y}h${free.width}v${free.height}h${-free.width}Z`;
  const reserved = shape === 'circle' || free.width < width || free.height < height;
  return (
    <svg aria-hidden viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="pointer-events-none absolute inset-0 size-full animate-appear">
      {reserved && <path d={`${whole}${inner}`} fillRule="evenodd" className="fill-scrim" />}
      {reserved && <path d={inner} fill="none" strokeDasharray="4 3" vectorEffect="non-scaling-stroke" className="stroke-thumb" />}
      {keepout.map(([x, y, wide, high]) => (
        <rect key={`${x},${y}`} x={x} y={y} width={wide} height={high} strokeDasharray="4 3" vectorEffect="non-scaling-stroke" className="fill-scrim stroke-thumb" />
      ))}
    </svg>
  );
}

const GHOSTS: Record<string, 'story' | 'reel'> = {
  ig_story: 'story',
  fb_story: 'story',
  wa_status: 'story',
  ig_reel_cover: 'reel',
  tt_video_cover: 'reel',
  tt_photo: 'reel',
  tt_ad_image: 'reel',
  yt_short_cover: 'reel',
  pin_vertical: 'reel',
};

/** Roughly where the app puts its own bars and buttons, as grey shapes. */
export function Ghost({ place }: { place: Place }) {
  const kind = GHOSTS[place.id];
  if (!kind) return null;
  return (
    <svg aria-hidden viewBox="0 0 90 160" className="pointer-events-none absolute inset-0 size-full animate-appear fill-thumb opacity-85">
      {kind === 'story' ? <StoryGhost /> : <ReelGhost />}
    </svg>
  );
}

const StoryGhost = () => (
  <>
    {[0, 1, 2].map((index) => (
      <rect key={index} x={5 + index * 27} y="5" width="25" height="1.6" rx=".8" opacity={index === 0 ? 1 : 0.5} />
    ))}
    <circle cx="10" cy="14" r="4.5" />
    <rect x="17" y="12.4" width="28" height="3.2" rx="1.6" />
    <rect x="5" y="146" width="60" height="9" rx="4.5" fill="none" className="stroke-thumb" strokeWidth="1" />
    <circle cx="73" cy="150.5" r="3.4" fill="none" className="stroke-thumb" strokeWidth="1" />
    <circle cx="83" cy="150.5" r="3.4" fill="none" className="stroke-thumb" strokeWidth="1" />
  </>
);

const ReelGhost = () => (
  <>
    {[78, 94, 110, 126].map((y) => (
      <circle key={y} cx="82" cy={y} r="4" fill="none" className="stroke-thumb" strokeWidth="1.2" />
    ))}
    <circle cx="10" cy="138" r="4.5" />
    <rect x="17" y="136.4" width="24" height="3.2" rx="1.6" />
    <rect x="5" y="147" width="52" height="2.6" rx="1.3" opacity=".7" />
    <rect x="5" y="152" width="38" height="2.6" rx="1.3" opacity=".7" />
  </>
);
