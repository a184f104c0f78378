import { Link } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import { Photo } from '~/components/ImageStudio/ui/Photo';
import { SectionHeader } from '~/components/ImageStudio/ui/SectionHeader';
import { useAssetPages } from '~/features/library/queries';

const MOST = 6;

/** The last pictures of the library in one justified row. */
export function Earlier({ except }: { except: readonly string[] }) {
  const { data } = useAssetPages({ search: '', favorites: false });
  const recent = data?.pages[0]?.assets.filter(({ id }) => !except.includes(id)).slice(0, MOST) ?? [];
  if (recent.length === 0) return null;
  return (
    <section className="mt-2">
      <SectionHeader title={t('create.earlier')}>
        <Link to="/library" className="text-second font-[560] text-accent hover:underline">
          {t('create.all')}
        </Link>
      </SectionHeader>
      <ul className="mt-1.5 flex h-38 gap-3 max-sm:h-24">
        {recent.map((asset) => {
          const ratio = (asset.width ?? 1) / (asset.height ?? 1);
          return (
            <li key={asset.id} className="max-w-76 min-w-0" style={{ flex: `${Math.max(0.75, ratio)} 1 0` }}>
              <Link to="/library" search={{ asset: asset.id }} className="block h-full rounded-card">
                <Photo
                  src={asset.thumbnail_url ?? asset.file_url}
                  alt={asset.title || asset.prompt || asset.filename}
                  width={asset.width ?? 1}
                  height={asset.height ?? 1}
                  thumbhash={asset.thumbhash}
                  className="size-full rounded-card"
                />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
