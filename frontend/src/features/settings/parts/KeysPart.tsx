import { Check, Copy, KeyRound } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { asProblem, fieldProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { ProblemBanner, titleOf } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Field } from '~/components/ImageStudio/ui/Field';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { Segmented } from '~/components/ImageStudio/ui/Segmented';
import { say } from '~/features/toasts/store';
import { when } from '~/lib/format';
import { useApiKeys, useNewKey, useRevokeKey, type ApiKey, type Scope } from '../queries';

type Reach = 'read' | 'write' | 'admin';
const SCOPES: Record<Reach, Scope[]> = { read: ['read'], write: ['read', 'write'], admin: ['read', 'write', 'admin'] };

/** The keys of programs that speak for this workspace. */
export function KeysPart() {
  const { data: list, error } = useApiKeys();
  if (error) return <ProblemBanner problem={error} />;
  return (
    <div className="flex flex-col gap-6">
      <NewKey />
      {list === undefined && <LoadingSkeleton className="h-16" />}
      {list?.length === 0 && <p className="text-muted">{t('settings.noKeys')}</p>}
      {list && list.length > 0 && (
        <ul className="border-b border-line">
          {list.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NewKey() {
  const [name, setName] = useState('');
  const [reach, setReach] = useState<Reach>('write');
  const create = useNewKey();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.mutate({ name, scopes: SCOPES[reach] }, { onSuccess: () => setName('') });
  };
  return (
    <form onSubmit={submit} className="panel flex flex-col gap-4 rounded-panel p-5">
      <div className="flex items-end gap-3 max-sm:flex-col max-sm:items-stretch">
        <Field
          label={t('settings.keyName')}
          placeholder={t('settings.keyExample')}
          className="flex-1"
          required
          maxLength={80}
          value={name}
          error={fieldProblem(create.error, 'name')}
          onChange={({ target }) => setName(target.value)}
        />
        <Segmented
          label={t('settings.keyReach')}
          value={reach}
          options={[
            { value: 'read', text: t('settings.reach.read') },
            { value: 'write', text: t('settings.reach.write') },
            { value: 'admin', text: t('settings.reach.admin') },
          ]}
          onChange={setReach}
        />
        <Button type="submit" look="ink" disabled={create.isPending} className="h-11">
          {t('settings.makeKey')}
        </Button>
      </div>
      {create.error && asProblem(create.error).fields.length === 0 && <ProblemBanner problem={create.error} />}
      {create.data && <Secret secret={create.data.key} />}
    </form>
  );
}

/** A new key: seen this once. */
function Secret({ secret }: { secret: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <div role="status" className="rounded-control bg-ok-soft p-3.5">
      <p className="mb-2 text-second font-[580] text-ok">{t('settings.keyOnce')}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-chip bg-solid px-3 py-2 font-mono text-second break-all">{secret}</code>
        {/* Plain http outside this machine has no clipboard; the key can be marked and copied by hand. */}
        {globalThis.isSecureContext && (
          <Button onClick={copy}>
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {copied ? t('settings.copied') : t('settings.copy')}
          </Button>
        )}
      </div>
    </div>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const [sure, setSure] = useState(false);
  const revoke = useRevokeKey();
  const { id, name, prefix, scopes, last_used_at: used, created_at: made } = apiKey;
  const end = () => revoke.mutate(id, { onError: (thrown) => say({ text: titleOf(asProblem(thrown)), tone: 'danger' }) });
  const facts = [`${prefix}…`, scopes.map((scope) => t(`settings.scope.${scope}`)).join(', '), used ? t('settings.keyUsed', { when: when(used) }) : t('settings.keyMade', { when: when(made) })];
  return (
    <li className="flex min-h-17 items-center gap-4 border-t border-line py-3">
      <span aria-hidden className="flex size-10 shrink-0 items-center justify-center rounded-chip bg-sunken text-muted max-sm:hidden">
        <KeyRound size={17} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-[580]">{name}</p>
        <p className="truncate text-second text-muted">{facts.join(' · ')}</p>
      </div>
      {sure ? (
        <>
          <Button look="danger" disabled={revoke.isPending} onClick={end}>
            {t('settings.revokeReally')}
          </Button>
          <Button onClick={() => setSure(false)}>{t('action.cancel')}</Button>
        </>
      ) : (
        <Button aria-label={t('settings.revokeNamed', { name })} onClick={() => setSure(true)}>
          {t('settings.revoke')}
        </Button>
      )}
    </li>
  );
}
