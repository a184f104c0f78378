import { maybe, t } from '~/app/i18n';
import type { AppliedPersona } from '../applied';
import { Palette } from './Palette';

/** What a persona changed about the pictures above it, point by point, as the answer tells it. */
export function PersonaNote({ applied }: { applied: AppliedPersona }) {
  const { name, changes = [] } = applied;
  return (
    <details className="group quiet-control rounded-button px-4 py-3">
      <summary className="flex list-none items-center gap-2">
        <span className="font-[600]">{t('personas.madeAs', { name })}</span>
        <span className="text-second text-muted">
          {changes.length > 0 ? t('personas.changes', { count: changes.length }) : t('personas.noChanges')}
        </span>
        {changes.length > 0 && <span className="ml-auto text-second font-[560] text-accent group-open:hidden">{t('personas.showChanges')}</span>}
      </summary>
      {changes.length > 0 && (
        <dl className="mt-2.5 grid grid-cols-[minmax(88px,auto)_1fr] gap-x-4 gap-y-2 text-second">
          {changes.map(({ field, text, reason }) => (
            <div key={field + text} className="contents">
              <dt className="text-muted">{maybe(`personas.field.${field}`) ?? field}</dt>
              <dd className="min-w-0">
                {field === 'palette' && <Palette colours={text.split(' ')} className="mb-1 h-4 w-36 rounded-[5px]" />}
                <span className="block wrap-break-word">{text}</span>
                <span className="block text-caption text-muted">{reason}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
