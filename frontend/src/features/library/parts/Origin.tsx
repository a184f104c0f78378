import { useQuery } from '@tanstack/react-query';
import { BadgeCheck, ShieldAlert, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '~/api/client';
import { keys } from '~/api/keys';
import { t } from '~/app/i18n';

const SIGNS = { intact: BadgeCheck, changed: ShieldAlert, unreadable: ShieldAlert, unsigned: ShieldQuestion, none: ShieldQuestion };

/** What the file itself says of how it was made, and whether it was changed since; read when asked for. */
export function Origin({ assetId }: { assetId: string }) {
  const [asked, setAsked] = useState(false);
  const { data, isFetching, error } = useQuery({
    queryKey: keys.origin(assetId),
    enabled: asked,
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(api.POST('/api/image-studio/verify', { body: { image_asset_id: assetId }, signal })),
  });
  const Sign = data && SIGNS[data.state];
  return (
    <>
      <dt className="text-muted">{t('asset.madeBy')}</dt>
      <dd aria-live="polite">
        {data && Sign ? (
          <span className="flex gap-1.5">
            <Sign size={15} aria-hidden className="mt-0.5 shrink-0" />
            <span>{data.summary.join(' ')}</span>
          </span>
        ) : (
          <button type="button" disabled={isFetching} onClick={() => setAsked(true)} className="text-accent hover:underline max-sm:h-11">
            {isFetching ? t('asset.checking') : error ? t('action.retry') : t('asset.verify')}
          </button>
        )}
      </dd>
    </>
  );
}
