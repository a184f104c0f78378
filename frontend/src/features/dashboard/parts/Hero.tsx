import { Link } from '@tanstack/react-router';
import { Heart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Asset } from '~/api/types';
import { t } from '~/app/i18n';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { nameOfAsset } from '~/lib/format';
import opening from '../pictures/opening.avif';

interface HeroProps {
  /** Null where there is none; undefined while nobody knows. */
  favourite: Asset | null | undefined;
  /** What lies on the picture's upper edge. */
  header: ReactNode;
  /** What lies across its lower edge. */
  children: ReactNode;
}

/** The picture that home opens on, with what can be made in front of it. */
export function Hero({ favourite, header, children }: HeroProps) {
  return (
    <section aria-label={t('home.ask')} className="relative sm:pt-3">
      <div className="relative flex min-h-69 flex-col overflow-hidden bg-hero sm:rounded-rail">
        {favourite !== undefined && <Backdrop favourite={favourite} />}
        <div className="on-picture relative sm:px-5">{header}</div>
        <div className="relative mt-auto flex items-end gap-4 px-4.5 pb-17 sm:px-8">
          <h2 className="hero-words text-on-accent">{t('home.ask')}</h2>
          {favourite && (
            <Link to="/library" search={{ asset: favourite.id }} className="over mb-1 ml-auto flex h-8 max-w-[42%] items-center gap-2 rounded-chip px-3 text-caption font-[580] max-lg:hidden">
              <Heart size={14} aria-hidden className="shrink-0" />
              <span className="truncate">{t('home.favourite', { name: nameOfAsset(favourite) })}</span>
            </Link>
          )}
        </div>
      </div>
      <div className="relative -mt-13 max-sm:px-3 sm:px-6">{children}</div>
    </section>
  );
}

function Backdrop({ favourite }: { favourite: Asset | null }) {
  return (
    <span aria-hidden className="absolute inset-0">
      {favourite ? (
        <Photo src={favourite.file_url} alt="" width={favourite.width ?? 1} height={favourite.height ?? 1} thumbhash={favourite.thumbhash} className="size-full" eager />
      ) : (
        <img src={opening} alt="" width={1760} height={620} fetchPriority="high" className="size-full object-cover" />
      )}
      <span className="hero-scrim absolute inset-0" />
    </span>
  );
}
