import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { ShapeGlyph } from '~/components/ImageStudio/ui/ShapeGlyph';
import { isActive } from '~/features/jobs/run';
import type { Row } from '../items';

const ENDS = { done: CircleCheck, failed: CircleAlert, cancelled: CircleSlash };

/** What stands before a row: a thumbnail, an icon, the shape of a template, or how a job is. */
export function Sign({ sign }: { sign: Row['sign'] }) {
  if ('picture' in sign) {
    const { thumbnail_url, file_url, thumbhash } = sign.picture;
    return <Photo src={thumbnail_url ?? file_url} alt="" width={44} height={36} thumbhash={thumbhash} className="h-9 w-11 shrink-0 rounded-chip" eager />;
  }
  return (
    <span aria-hidden className="flex h-9 w-11 shrink-0 items-center justify-center text-muted">
      <Small sign={sign} />
    </span>
  );
}

function Small({ sign }: { sign: Exclude<Row['sign'], { picture: unknown }> }) {
  if ('shape' in sign) return <ShapeGlyph ratio={sign.shape} />;
  if ('Icon' in sign) return <sign.Icon size={17} />;
  if (isActive(sign.job)) return <span className="size-4 animate-turn rounded-full border-2 border-line border-t-accent border-r-accent" />;
  const Icon = ENDS[sign.job.status as keyof typeof ENDS];
  return <Icon size={17} />;
}
